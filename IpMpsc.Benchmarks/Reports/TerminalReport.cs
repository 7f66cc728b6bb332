using IpMpsc.Benchmarks.Measuring;
using IpMpsc.Benchmarks.Workloads;
using Spectre.Console;

namespace IpMpsc.Benchmarks.Reports;

/// <summary>The results as tables on the terminal.</summary>
internal static class TerminalReport
{
    public static void Write(Results results, IReadOnlyList<Figure> figures)
    {
        foreach (string omission in results.Omissions)
        {
            AnsiConsole.MarkupLineInterpolated($"[yellow]{omission}[/]");
        }

        foreach (Workload workload in results.Workloads)
        {
            Table table = new() { Title = new TableTitle(workload.Title), Border = TableBorder.Rounded };
            foreach (string title in Row.Titles)
            {
                table.AddColumn(new TableColumn(title) { Alignment = title.Length == 0 ? Justify.Left : Justify.Right });
            }

            foreach (Series series in results.Of(workload))
            {
                table.AddRow([.. Row.Of(series).Select(Markup.Escape)]);
            }

            AnsiConsole.Write(table);
        }

        Table judgement = new() { Title = new TableTitle($"Figures, on {Machine.This.Processor}; {HostState.Legend}"), Border = TableBorder.Rounded };
        judgement.AddColumns("figure", "measured", "must be", "reached?", "by state of the host");
        foreach (Figure figure in figures)
        {
            string colour = figure.IsReached switch { true => "green", false => "red", null => "grey" };
            judgement.AddRow(figure.Name, figure.MeasuredText, figure.BoundText, $"[{colour}]{figure.ReachedText}[/]", figure.States);
        }

        AnsiConsole.Write(judgement);
    }
}
