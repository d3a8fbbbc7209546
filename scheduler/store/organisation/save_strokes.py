"""The strokes of characters written, as the office has set them. Nothing here commits."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from scheduler.store.organisation.rows import CharacterStrokesRow


def strokes(session: Session, character: str, strokes: str) -> None:
    """Keep what the office says of a character; empty: let it stand where the table has it."""
    if strokes:
        session.merge(CharacterStrokesRow(character=character, strokes=strokes))
    else:
        session.execute(delete(CharacterStrokesRow).where(CharacterStrokesRow.character == character))
