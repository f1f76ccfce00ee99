"""What is shown, without a word on how it is written: views make these shapes, formats write them."""
