"""Customer success platforms: Gainsight, ChurnZero, Totango, Planhat, Vitally."""
