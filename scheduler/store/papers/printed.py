"""Papers that were handed out: written and read. Nothing here commits."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.core.ground.ids import BookingId, RoomId
from scheduler.core.ground.spans import Span
from scheduler.core.papers.printed import PrintedPaper
from scheduler.store.papers.rows import PrintedPaperRow


def add(session: Session, booking: BookingId, printed: PrintedPaper) -> None:
    """Keep that a paper of a booking was handed out."""
    session.add(
        PrintedPaperRow(
            booking_id=booking,
            paper=printed.paper,
            printed_at=printed.at,
            printed_by=printed.by,
            starts_at=printed.span.start,
            ends_at=printed.span.end,
            place=printed.room or "",
            title=printed.title,
        )
    )


def of_booking(session: Session, booking: BookingId) -> list[PrintedPaper]:
    """What was handed out of a booking, the first first."""
    rows = select(PrintedPaperRow).where(PrintedPaperRow.booking_id == booking).order_by(PrintedPaperRow.id)
    return [
        PrintedPaper(
            row.paper,
            row.printed_at,
            row.printed_by,
            Span(row.starts_at, row.ends_at),
            RoomId(row.place) if row.place else None,
            row.title,
        )
        for row in session.scalars(rows)
    ]
