"""Still lifes: the canvas, the ground they stand on, and each thing."""
