using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Board;

/// <summary>SQL in interpolated strings. Each value becomes a parameter, and is never part of the text.</summary>
internal static class SqliteQueries
{
    /// <summary>Returns the number of rows that the statement changed.</summary>
    public static int Execute(this SqliteConnection database, FormattableString sql)
    {
        using var command = database.Command(sql);
        return command.ExecuteNonQuery();
    }

    /// <summary>Returns the only value of the only row, or null if there is none.</summary>
    public static long? Number(this SqliteConnection database, FormattableString sql)
    {
        using var command = database.Command(sql);
        return command.ExecuteScalar() as long?;
    }

    public static List<T> Query<T>(this SqliteConnection database, FormattableString sql, Func<SqliteDataReader, T> read)
    {
        using var command = database.Command(sql);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));

        return rows;
    }

    private static SqliteCommand Command(this SqliteConnection database, FormattableString sql)
    {
        var command = database.CreateCommand();
        foreach (var (index, value) in sql.GetArguments().Index())
            command.Parameters.AddWithValue(string.Create(CultureInfo.InvariantCulture, $"$p{index}"), value);

        object[] names = [.. command.Parameters.Cast<SqliteParameter>().Select(static parameter => parameter.ParameterName)];
#pragma warning disable CA2100 // the text has only names of parameters
        command.CommandText = string.Format(CultureInfo.InvariantCulture, sql.Format, names);
#pragma warning restore CA2100
        return command;
    }
}
