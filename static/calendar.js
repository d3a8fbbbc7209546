// Draws the calendar from what the page carries, and sends what is dragged to the doors that the forms use: the server decides.
// Times are those of the organisation's wall clock, without an offset, there and back: the calendar knows no zones.
"use strict";

const VIEWS = {
  week: "timeGridWeek",
  day: "timeGridDay",
  month: "dayGridMonth",
  rooms: "resourceTimelineDay",
  people: "resourceTimelineDay",
};
const MINUTE = 60000;
const SIDEBAR = 134; // pixels, as calendar.css has it

const two = (number) => String(number).padStart(2, "0");
const dayOf = (date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
const wallOf = (date) => `${dayOf(date)}T${two(date.getHours())}:${two(date.getMinutes())}`;
const clockOf = (date) => `${date.getHours()}:${two(date.getMinutes())}`;
const later = (wall, minutes) => wallOf(new Date(new Date(wall).getTime() + minutes * MINUTE));
const minutesOf = (entry) => (new Date(entry.end) - new Date(entry.start)) / MINUTE;
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);

function make(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

class Calendar {
  constructor(root, data) {
    this.root = root;
    this.data = data;
    this.words = this.data.words;
    this.entries = new Map(this.data.entries.map((entry) => [entry.id, entry]));
    this.shaded = [];
    this.isTimeline = this.data.view === "rooms" || this.data.view === "people";
    this.isMonth = this.data.view === "month";
    this.drawn = window.EventCalendar.create(root, this.options());
    this.dialog = document.getElementById("cal-dialog") ? new MoveDialog(this) : null;
    this.say = document.getElementById("cal-say");
    this.listen();
  }

  // ── What is drawn ──────────────────────────────────────────────────────────────────────────────────────────────
  options() {
    const { data, words } = this;
    const told = (date) => data.days[dayOf(date)];
    const start = (from, to) => (from.getTime() === to.getTime() ? clockOf(from) : `${clockOf(from)}–${clockOf(to)}`);
    return {
      view: VIEWS[data.view],
      height: this.isMonth ? (this.root.clientWidth < 760 ? "1180px" : "880px") : undefined,
      date: data.day,
      firstDay: 1,
      headerToolbar: { start: "", center: "", end: "" },
      buttonText: { close: words.close },
      theme: (names) => ({ ...names, today: "", highlight: "is-today" }),
      highlightedDates: [data.now.slice(0, 10)],
      slotMinTime: data.opens,
      slotMaxTime: data.closes,
      flexibleSlotTimeLimits: true,
      scrollTime: data.opens,
      allDaySlot: !this.isTimeline && [...this.entries.values()].some((entry) => entry.days?.length),
      allDayContent: words.days,
      slotDuration: "00:30",
      snapDuration: "00:15",
      slotHeight: 28,
      slotWidth: this.slotWidth(),
      slotEventOverlap: false,
      slotLabelFormat: clockOf,
      eventTimeFormat: start,
      displayEventEnd: !this.isMonth && !this.isTimeline,
      dayHeaderFormat: (date) => this.head(date),
      dayHeaderAriaLabelFormat: (date) => (this.isMonth ? this.weekday(date) : told(date)?.label || dayOf(date)),
      dayCellFormat: (date) => this.cellHead(told(date)),
      dayMaxEvents: this.isMonth,
      moreLinkContent: ({ num }) => filled(words.more, { count: num }),
      dayPopoverFormat: (date) => told(date)?.label || dayOf(date),
      resources: data.rows,
      events: [...[...this.entries.values()].map((entry) => this.event(entry)), ...this.resting(), ...this.nowLine()],
      eventContent: (info) => this.content(info),
      viewDidMount: () => this.plain(),
      editable: false,
      eventDragMinDistance: 4,
      longPressDelay: 400,
      dragConstraint: (info) => data.view !== "people" || !info.newResource,
      eventDragStart: ({ event }) => this.shade(this.entries.get(event.id)),
      eventResizeStart: ({ event }) => this.shade(this.entries.get(event.id)),
      eventDragStop: () => this.stopped(),
      eventResizeStop: () => this.stopped(),
      eventDrop: (info) => this.dropped(info),
      eventResize: (info) => this.dropped(info),
    };
  }

  // It is drawn as half a table, which readers of screens stumble over: to them it is a group of links, each saying its day.
  plain() {
    const parts = "[role=table], [role=rowgroup], [role=row], [role=cell], [role=columnheader], [role=rowheader]";
    for (const part of this.root.querySelectorAll(parts)) {
      part.removeAttribute("role");
      part.removeAttribute("aria-colindex");
      part.removeAttribute("aria-colspan");
    }
  }

  slotWidth() {
    const hours = Number(this.data.closes.slice(0, 2)) - Number(this.data.opens.slice(0, 2));
    return Math.max(36, Math.floor((this.root.clientWidth - SIDEBAR) / (hours * 2)));
  }

  head(date) {
    const day = this.data.days[dayOf(date)];
    if (this.isMonth || !day) return { domNodes: [make("span", "", this.weekday(date))] };
    const nodes = [make("b", "", day.number), make("span", "", ` ${day.weekday}`)];
    if (day.note) nodes.push(make("small", day.rest ? "note off" : "note", day.note));
    return { domNodes: nodes };
  }

  weekday(date) {
    const known = Object.entries(this.data.days).find(([day]) => new Date(`${day}T12:00`).getDay() === date.getDay());
    return known ? known[1].weekday : "";
  }

  cellHead(day) {
    if (!day) return "";
    const nodes = [make("b", day.rest ? "rest-day" : "", day.number)];
    if (day.note) nodes.push(make("small", day.rest ? "note off" : "note", day.note));
    return { domNodes: nodes };
  }

  event(entry) {
    const rows = { rooms: [entry.room || "-"], people: entry.people }[this.data.view] || [];
    const isOfDays = !this.isTimeline && entry.days?.length > 0;
    const [start, end] = isOfDays ? entry.days : [entry.start, entry.end];
    return {
      id: entry.id,
      start,
      end,
      allDay: isOfDays,
      title: entry.name,
      resourceIds: rows,
      startEditable: Boolean(entry.action) && !isOfDays,
      durationEditable: Boolean(entry.action) && !this.isMonth && !isOfDays,
      classNames: [`is-${entry.state}`, entry.is_talk ? "is-talk" : "is-other", ...(entry.action ? ["can-move"] : [])],
      extendedProps: { entry },
    };
  }

  content({ event, timeText }) {
    const entry = event.extendedProps.entry;
    if (!entry) return event.display === "background" ? { domNodes: [] } : undefined;
    const body = make(entry.href ? "a" : "span", "ev");
    if (entry.href) {
      body.href = entry.href;
      body.draggable = false;
      body.dataset.id = entry.id;
    }
    const time = make("span", "num", event.allDay ? "" : timeText);
    if (entry.word && entry.sign) {
      const sign = make("span", "sign", entry.sign);
      sign.ariaHidden = "true";
      time.append(" ", sign, make("span", "vh", entry.word));
    }
    const rest = [entry.remark, this.data.view === "rooms" ? "" : entry.where, entry.is_talk ? "" : entry.kind].filter(Boolean).join(" · ");
    if (rest && !this.isTimeline) time.append(" ", make("small", "", rest));
    if (!entry.href && entry.when) body.append(make("span", "vh", entry.when), " ");
    if (event.allDay) body.append(make("b", "", entry.name), " ", make("span", "num", entry.when));
    else body.append(time, " ", make("b", "", entry.name));
    if (entry.href && entry.when) body.ariaLabel = [entry.when, entry.name, rest, entry.word].filter(Boolean).join(" ");
    body.title = [event.allDay ? entry.when : timeText, entry.name, rest, entry.word].filter(Boolean).join(" · ");
    const nodes = [body];
    if (entry.action && !this.isMonth) {
      const mover = make("button", "mv", this.words.move);
      mover.type = "button";
      mover.dataset.move = entry.id;
      mover.ariaLabel = filled(this.words.moving_what, { name: entry.name });
      nodes.push(mover);
    }
    return { domNodes: nodes };
  }

  background(id, start, end, className, rows = this.data.rows.map((row) => row.id)) {
    return { id, start, end, display: "background", classNames: [className], resourceIds: rows };
  }

  // Days off and the lunch hour: shaded, never forbidden.
  resting() {
    return Object.entries(this.data.days).flatMap(([day, { rest }]) => {
      if (this.isMonth) return rest ? [{ ...this.background(`rest-${day}`, day, day, "rest"), allDay: true }] : [];
      const [from, to] = rest ? ["00:00", "24:00"] : this.data.lunch;
      return from ? [this.background(`rest-${day}`, `${day}T${from}`, `${day}T${to}`, "rest")] : [];
    });
  }

  nowLine() {
    return this.isMonth ? [] : [this.background("now", this.data.now, later(this.data.now, 2), "now-line")];
  }

  // ── While it is dragged: when it cannot be ─────────────────────────────────────────────────────────────────────
  async shade(what) {
    const mine = (this.dragging = what);
    const taken = await this.taken(what);
    if (taken && this.dragging === mine) this.draw(taken, what);
  }

  async taken(what) {
    if (what.known) return what.known;
    const asked = new URLSearchParams({ from: this.data.first, to: this.data.last });
    for (const person of what.asks || []) asked.append("people", person);
    const answer = await fetch(`${what.taken}?${asked}`, { headers: { Accept: "application/json" } }).catch(() => null);
    what.known = answer?.ok ? await answer.json() : null;
    if (what.known && what.plan) {
      const { people, rooms } = what.known;
      what.known = { people: [...people, ...this.placedWith(what)], rooms: rooms.filter((room) => room.id === what.room) };
    }
    return what.known;
  }

  // Where the rest of a draft has the same people, or the same room.
  placedWith(what) {
    const others = [...this.entries.values()].filter((other) => other.plan === what.plan && other.id !== what.id);
    const clashing = others.filter(
      (other) => other.people.some((person) => what.people.includes(person)) || (other.room && other.room === what.room),
    );
    return clashing.map((other) => [other.start, other.end]);
  }

  draw(taken, what) {
    const alone = taken.rooms.length === 1 ? taken.rooms[0].taken : [];
    const all = this.data.view === "rooms" ? taken.people : [...taken.people, ...alone];
    const shapes = this.isMonth ? this.takenDays(all, what) : all.map(([from, to]) => [from, to, undefined, false]);
    if (this.data.view === "rooms") {
      for (const room of taken.rooms) for (const [from, to] of room.taken) shapes.push([from, to, [room.id], false]);
    }
    shapes.forEach(([from, to, rows, allDay], number) => {
      const shape = { ...this.background(`taken-${number}`, from, to, "taken", rows), allDay };
      this.shaded.push(shape.id);
      this.drawn.addEvent(shape);
    });
  }

  // In a month, the days on which the same hours are taken.
  takenDays(taken, entry) {
    const [from, to] = [entry.start.slice(10), entry.end.slice(10)];
    const isTaken = (day) => taken.some(([start, end]) => start < day + to && day + from < end);
    return Object.keys(this.data.days).filter(isTaken).map((day) => [day, day, undefined, true]);
  }

  stopped() {
    this.dragging = null;
    this.justDragged = Date.now();
    for (const id of this.shaded) this.drawn.removeEventById(id);
    this.shaded = [];
  }

  forget() {
    for (const entry of this.entries.values()) delete entry.known;
  }

  // ── Moved ──────────────────────────────────────────────────────────────────────────────────────────────────────
  dropped({ event, newResource }) {
    const entry = this.entries.get(event.id);
    const start = wallOf(event.start);
    const row = this.data.view === "rooms" && newResource ? newResource.id : entry.room;
    this.move(entry, { start, minutes: (event.end - event.start) / MINUTE, room: row === "-" ? "" : row });
  }

  // Returns nothing when it is done, else what speaks against it.
  async move(entry, to, isUndo = false) {
    const before = { start: entry.start, minutes: minutesOf(entry), room: entry.room };
    this.drawn.updateEvent({ ...this.event(entry), ...this.at(to), classNames: [...this.event(entry).classNames, "is-saving"] });
    const answer = await this.send(entry.action, { ...this.fields(to), version: entry.version });
    this.forget();
    if (answer.entry) this.keep(answer.entry);
    const now = this.entries.get(entry.id);
    this.drawn.updateEvent(this.event(now));
    if (!answer.isDone) {
      this.refuse(now, answer, filled(this.words.refused, { name: entry.name }), to);
      return answer;
    }
    const undo = isUndo ? null : () => this.move(now, before, true);
    this.tell(isUndo ? this.words.undone : filled(this.words.moved, { when: this.whenOf(now) }), answer.warnings, undo);
    return null;
  }

  // The version of a draft is that of all its placements.
  keep(entry) {
    this.entries.set(entry.id, entry);
    if (!entry.plan) return;
    for (const other of this.entries.values()) if (other.plan === entry.plan) other.version = entry.version;
  }

  at(to) {
    const rows = { rooms: [to.room || "-"] }[this.data.view];
    return { start: to.start, end: later(to.start, to.minutes), ...(rows ? { resourceIds: rows } : {}) };
  }

  fields({ start, minutes, room }) {
    return { day: start.slice(0, 10), start: start.slice(11), minutes, room: room || "" };
  }

  whenOf(entry) {
    return [entry.when, entry.where].filter(Boolean).join(" ");
  }

  // ── Placed from the list ───────────────────────────────────────────────────────────────────────────────────────
  async place(talk, to, partner = "", point = null) {
    const fields = { kind: "talk", rule_set: talk.rule_set, ...this.fields(to) };
    const answer = await this.send(this.data.create, fields, [...talk.people, ...(partner ? [partner] : [])]);
    this.drawn.removeEventById("placing");
    this.forget();
    if (!answer.isDone) {
      this.refuse(null, answer, filled(this.words.not_placed, { name: talk.name }), to, talk);
      if (point) this.beside({ getBoundingClientRect: () => new DOMRect(point.clientX, point.clientY, 0, 1) });
      return answer;
    }
    const entry = answer.entry;
    this.entries.set(entry.id, entry);
    this.drawn.addEvent(this.event(entry));
    this.refreshOpen();
    const said = filled(this.words.placed, { name: entry.name, when: this.whenOf(entry) });
    this.tell(said, answer.warnings, () => this.unplace(entry));
    return null;
  }

  async unplace(entry) {
    const answer = await this.send(entry.cancel, { version: entry.version });
    this.forget();
    if (!answer.isDone) return this.refuse(entry, answer, answer.said || "");
    this.entries.delete(entry.id);
    this.drawn.removeEventById(entry.id);
    this.refreshOpen();
    return this.tell(this.words.undone);
  }

  refreshOpen() {
    const list = document.getElementById("open-talks");
    if (list) window.htmx.ajax("GET", list.dataset.href, { target: list, swap: "innerHTML" });
  }

  // ── Sent ───────────────────────────────────────────────────────────────────────────────────────────────────────
  async send(address, fields, people = []) {
    const body = new URLSearchParams({ csrf_token: document.querySelector("#cal-dialog [name=csrf_token]").value, ...fields });
    for (const person of people) body.append("people", person);
    const asked = { method: "POST", headers: { Accept: "application/json" }, body };
    const answer = await fetch(address, asked).catch(() => null);
    if (!answer) return { reasons: [this.words.lost] };
    if (answer.status === 401) return { reasons: [this.words.signed_out] };
    const told = await answer.json().catch(() => ({ reasons: [this.words.failed] }));
    return { ...told, isDone: answer.ok };
  }

  // ── Said ───────────────────────────────────────────────────────────────────────────────────────────────────────
  tell(said, warnings = [], undo = null) {
    this.undo = undo;
    this.show("is-good", said, warnings, undo ? [this.button(this.words.undo, () => this.undone())] : []);
    this.say.classList.remove("beside");
  }

  refuse(entry, answer, said, wanted = null, talk = null) {
    this.undo = null;
    const again = () => this.dialog.open(entry || talk, wanted);
    const changes = wanted && (talk || this.entries.get(entry?.id)?.action);
    this.show("is-bad", said, answer.reasons, changes ? [this.button(this.words.elsewhere, again)] : []);
    this.beside(entry && this.root.querySelector(`[data-id="${CSS.escape(entry.id)}"]`));
  }

  show(className, said, lines = [], buttons = []) {
    const say = this.say;
    say.className = `cal-say no-print ${className}`;
    say.role = className === "is-bad" ? "alert" : "status";
    const told = make("div", "");
    told.append(make("p", "", said));
    if (lines.length) {
      const list = make("ul", "plain");
      for (const line of lines) list.append(make("li", "", line));
      told.append(list);
    }
    const close = this.button("×", () => this.hush(), "shut");
    close.ariaLabel = this.words.close;
    say.replaceChildren(told, ...buttons, close);
    say.hidden = false;
  }

  button(text, done, className = "btn small") {
    const made = make("button", className, text);
    made.type = "button";
    made.addEventListener("click", done);
    return made;
  }

  // Beside the entry that was put back, if it is in sight.
  beside(anchor) {
    const place = anchor?.getBoundingClientRect();
    const isSeen = place && place.top > 0 && place.bottom < window.innerHeight;
    this.say.classList.toggle("beside", Boolean(isSeen));
    if (!isSeen) return;
    const width = this.say.offsetWidth;
    const isRoomRight = place.right + width + 16 < window.innerWidth;
    this.say.style.left = `${isRoomRight ? place.right + 8 : Math.max(8, place.left - width - 8)}px`;
    this.say.style.top = `${Math.min(place.top, window.innerHeight - this.say.offsetHeight - 8)}px`;
  }

  hush() {
    this.say.hidden = true;
  }

  undone() {
    const undo = this.undo;
    this.undo = null;
    this.hush();
    undo?.();
  }

  // ── Keys, buttons, the list ────────────────────────────────────────────────────────────────────────────────────
  listen() {
    this.root.addEventListener("click", (event) => {
      const mover = event.target.closest("[data-move]");
      if (mover) this.dialog?.open(this.entries.get(mover.dataset.move));
      else if (Date.now() - (this.justDragged || 0) < 50 && event.target.closest(".ev")) event.preventDefault();
    }, true);
    // What looks like a button is no handle to drag by.
    this.root.addEventListener("pointerdown", (event) => {
      if (event.target.closest("[data-move]")) event.stopPropagation();
    }, true);
    document.addEventListener("keydown", (event) => this.pressed(event));
    const list = document.getElementById("open-talks");
    if (list && this.dialog) new Dragger(this, list);
  }

  pressed(event) {
    const isTyping = event.target.closest("input, select, textarea, dialog");
    const entry = this.entries.get(event.target.closest?.(".ev")?.dataset.id);
    if (entry?.action && event.key.toLowerCase() === "m" && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      this.dialog.open(entry);
    } else if (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && this.undo && !isTyping) {
      event.preventDefault();
      this.undone();
    } else if (event.key === "Escape" && !isTyping && this.say) {
      this.hush();
    }
  }
}

// The small form that does what dragging does: for an entry, or for a talk of the list.
class MoveDialog {
  constructor(calendar) {
    this.calendar = calendar;
    this.box = document.getElementById("cal-dialog");
    this.form = this.box.querySelector("form");
    this.form.dataset.again = "yes";
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.sent();
    });
    this.box.querySelector("[data-cancel]").addEventListener("click", () => this.box.close());
    this.box.addEventListener("close", () => this.after());
  }

  open(what, wanted = null) {
    const { words, data } = this.calendar;
    this.what = what;
    this.calendar.hush();
    const isEntry = Boolean(what.action);
    const usual = isEntry
      ? { start: what.start, minutes: minutesOf(what), room: what.room }
      : { start: `${data.now.slice(0, 10) > data.day ? data.now.slice(0, 10) : data.day}T09:00`, minutes: what.minutes, room: "" };
    const { start, minutes, room } = wanted || usual;
    this.box.querySelector("h2").textContent = filled(isEntry ? words.moving_what : words.placing_what, { name: what.name });
    document.getElementById("cal-do").textContent = isEntry ? words.move : words.place;
    const fields = this.form.elements;
    fields.day.value = start.slice(0, 10);
    fields.start.value = start.slice(11);
    fields.minutes.value = minutes;
    fields.room.value = room || "";
    this.form.action = isEntry ? what.action : data.create;
    this.partners(what.partners || []);
    this.complain([]);
    this.box.showModal();
    fields.start.focus();
  }

  partners(offered) {
    this.box.querySelector("[data-partner]").hidden = !offered.length;
    this.form.elements.partner.replaceChildren(...offered.map(([value, name]) => new Option(name, value)));
  }

  async sent() {
    const fields = this.form.elements;
    const to = {
      start: `${fields.day.value}T${fields.start.value.slice(0, 5)}`,
      minutes: Number(fields.minutes.value),
      room: fields.room.value,
    };
    const button = document.getElementById("cal-do");
    if (button.disabled) return;
    button.disabled = true;
    const no = this.what.action
      ? await this.calendar.move(this.what, to)
      : await this.calendar.place(this.what, to, fields.partner.value);
    button.disabled = false;
    if (!no) return this.box.close();
    this.calendar.hush();
    if (no.entry) this.what = no.entry;
    this.complain(no.reasons);
  }

  complain(reasons) {
    const notice = this.box.querySelector(".notice");
    notice.hidden = !reasons.length;
    notice.replaceChildren(...reasons.map((reason) => make("p", "", reason)));
  }

  // Back to where one was: the entry may have been drawn anew.
  after() {
    const id = this.what.id;
    if (id) window.setTimeout(() => this.calendar.root.querySelector(`[data-id="${CSS.escape(id)}"]`)?.focus(), 30);
  }
}

// Talks of the list: dragged onto the calendar with the mouse, or placed with the dialog.
class Dragger {
  constructor(calendar, list) {
    this.calendar = calendar;
    list.addEventListener("click", (event) => {
      const button = event.target.closest("[data-talk] a.btn");
      if (!button || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      calendar.dialog.open(this.talkOf(button));
    });
    list.addEventListener("pointerdown", (event) => this.pressed(event));
  }

  talkOf(part) {
    const item = part.closest("[data-talk]");
    item.talk ||= { ...JSON.parse(item.dataset.talk), taken: this.calendar.data.taken };
    return item.talk;
  }

  pressed(event) {
    const item = event.target.closest("[data-talk]");
    if (!item || event.target.closest("a") || event.button !== 0 || event.pointerType === "touch") return;
    event.preventDefault();
    this.from = event;
    this.talk = this.talkOf(item);
    this.talk.asks = this.talk.partners.length ? [...this.talk.people, this.talk.partners[0][0]] : this.talk.people;
    const stop = new AbortController();
    const { signal } = stop;
    const end = (point) => {
      stop.abort();
      this.ended(point);
    };
    document.addEventListener("pointermove", (moved) => this.moved(moved), { signal });
    document.addEventListener("pointerup", (up) => end(up), { signal });
    document.addEventListener("pointercancel", () => end(null), { signal });
    document.addEventListener("keydown", (key) => key.key === "Escape" && end(null), { signal });
  }

  moved(event) {
    if (!this.ghost) {
      if (Math.hypot(event.clientX - this.from.clientX, event.clientY - this.from.clientY) < 5) return;
      this.ghost = make("div", "cal-ghost", this.talk.name);
      this.ghost.ariaHidden = "true";
      document.querySelector("main").append(this.ghost);
      this.calendar.hush();
      if (!this.talk.partners.length) this.calendar.shade(this.talk);
    }
    this.ghost.style.transform = `translate(${event.clientX + 10}px, ${event.clientY + 10}px)`;
    this.preview(this.calendar.drawn.dateFromPoint(event.clientX, event.clientY));
  }

  preview(point) {
    const { drawn } = this.calendar;
    const key = point ? `${point.date.getTime()} ${point.resource?.id}` : "";
    if (key === this.key) return;
    this.key = key;
    this.to = point && { start: wallOf(point.date), minutes: this.talk.minutes, room: point.resource?.id };
    drawn.removeEventById("placing");
    if (!this.to) return;
    const entry = { name: this.talk.name, href: "", kind: "", where: "", word: "" };
    drawn.addEvent({
      id: "placing",
      start: this.to.start,
      end: later(this.to.start, this.to.minutes),
      resourceIds: point.resource ? [point.resource.id] : [],
      classNames: ["placing"],
      extendedProps: { entry },
    });
  }

  // Let go at a point, or given up (null).
  ended(point) {
    const { calendar, talk, to } = this;
    const wasDragged = Boolean(this.ghost);
    this.ghost?.remove();
    this.ghost = this.key = this.to = null;
    if (wasDragged) calendar.stopped();
    if (!point || !to || !wasDragged) return calendar.drawn.removeEventById("placing");
    const wanted = { ...to, room: this.room(talk, to) };
    if (!talk.partners.length) return calendar.place(talk, wanted, "", point);
    calendar.drawn.removeEventById("placing");
    return calendar.dialog.open(talk, wanted);
  }

  // The room of the row it was dropped on, or that the page is narrowed to; else the best one that is free then.
  room(talk, { start, minutes, room }) {
    if (this.calendar.data.view === "rooms") return room === "-" ? "" : room;
    const chosen = document.getElementById("room")?.value;
    if (chosen) return chosen;
    const end = later(start, minutes);
    const isFree = ({ taken }) => !taken.some(([from, to]) => from < end && start < to);
    return talk.known?.rooms.find(isFree)?.id || "";
  }
}

document.addEventListener("DOMContentLoaded", () => {
  const root = document.getElementById("calendar");
  const isPhone = window.matchMedia("(max-width: 760px)").matches;
  const data = root && JSON.parse(root.dataset.calendar);
  const isEmpty = data?.view === "people" && !data.rows.length;
  if (data && window.EventCalendar && !isPhone && !isEmpty) new Calendar(root, data);
  else document.documentElement.classList.remove("draws");
});
