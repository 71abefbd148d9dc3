"""闭环: the Django product. Rooms import only downwards; ARCHITECTURE.md shows the floors."""
