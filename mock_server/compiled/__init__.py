"""Operations compiled for the schema: a selection becomes a writer of JSON. The rest is graphql-core's to answer."""
