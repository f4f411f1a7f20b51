"""What Alembic runs: the migrations, on the connection and in the transaction of `journal.schema`."""

from alembic import context

from journal.models import Base
from journal.schema import VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,
    # SQLite can take back changes of tables too, as long as Python does not commit them behind our back.
    transactional_ddl=True,
)
context.run_migrations()
