"""What the commands do, one module per menu: functions of a Session; no tkinter."""
