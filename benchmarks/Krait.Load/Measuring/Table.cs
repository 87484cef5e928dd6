using System.Text;

namespace Krait.Load.Measuring;

/// <summary>A table that reads well as text and as Markdown.</summary>
internal sealed class Table(params string[] heads)
{
    private readonly List<string[]> _rows = [];

    public void Add(params string[] cells) => _rows.Add(cells);

    public override string ToString()
    {
        var widths = heads.Select((head, column) => _rows.Select(row => row[column].Length).Append(head.Length).Max()).ToArray();
        var text = new StringBuilder();
        Append(heads);
        Append([.. widths.Select((width, column) => column == 0 ? new string('-', width) : new string('-', width - 1) + ':')]);
        _rows.ForEach(Append);
        return text.ToString();

        void Append(string[] cells)
        {
            for (var column = 0; column < cells.Length; column++)
                text.Append("| ").Append(column == 0 ? cells[column].PadRight(widths[column]) : cells[column].PadLeft(widths[column])).Append(' ');

            text.Append("|\n");
        }
    }
}
