// Before anything is painted: where the calendar will be drawn, the table it is drawn from is not shown first.
document.documentElement.classList.add("draws");
