"""查材料: whoever writes a paper sees what a strict reviewer would say, before anybody else does. Only he sees it."""
