"""Working time on real dates: working days and hours, public holidays, closures and change windows."""
