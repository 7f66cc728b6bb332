using Spectre.Console;

namespace IpMpsc.Examples.Tour;

/// <summary>What the tour shows: bars on a terminal, lines elsewhere, and a table at the end.</summary>
internal static class Display
{
    /// <summary>Whether somebody is looking; a file or a pipe gets plain lines, without colours.</summary>
    private static bool IsTerminal => !Console.IsOutputRedirected;

    private static readonly IAnsiConsole s_console = AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = IsTerminal ? AnsiSupport.Detect : AnsiSupport.No,
    });

    /// <summary>Shows how a work proceeds.</summary>
    /// <param name="what">What is done.</param>
    /// <param name="total">How much there is to do.</param>
    /// <param name="work">Does it, and says from time to time how much is done.</param>
    public static T Progress<T>(string what, long total, Func<Action<long>, T> work)
    {
        if (!IsTerminal)
        {
            Console.WriteLine($"{what}: {total:N0} messages ...");
            return work(static _ => { });
        }

        return s_console.Progress().Start(context =>
        {
            ProgressTask task = context.AddTask($"{what,-8}", maxValue: Math.Max(1, total));
            T result = work(done => task.Value = done);
            task.Value = task.MaxValue;
            return result;
        });
    }

    public static void Results(params StageResult[] results)
    {
        Table table = new() { Border = IsTerminal ? TableBorder.Rounded : TableBorder.Ascii };
        table.AddColumn("Channel");
        table.AddColumn("Messages", column => column.RightAligned());
        table.AddColumn("Bytes", column => column.RightAligned());
        table.AddColumn("Messages/s", column => column.RightAligned());
        table.AddColumn("Verdict");
        foreach (StageResult result in results)
        {
            table.AddRow(
                result.Name,
                $"{result.Messages:N0}",
                $"{result.Bytes:N0}",
                $"{result.MessagesPerSecond:N0}",
                result.Holds ? "[green]all once, in order[/]" : "[red]NOT as sent[/]");
        }

        s_console.Write(table);
        foreach (string complaint in results.SelectMany(result => result.Complaints))
        {
            Console.Error.WriteLine(complaint);
        }
    }
}
