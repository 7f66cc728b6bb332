using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Spectre.Console;

namespace IpMpsc.Examples.Tour;

/// <summary>What the tour shows: bars on a terminal, lines elsewhere, and a table at the end.</summary>
internal static class Display
{
    /// <summary>Begins with the average number of threads that ran or waited for a processor in the last minute; Linux only.</summary>
    private const string LoadAverage = "/proc/loadavg";

    /// <summary>Whether the output is a terminal. A file or a pipe gets plain lines, without colours.</summary>
    private static bool IsTerminal => !Console.IsOutputRedirected;

    private static readonly IAnsiConsole s_console = Open();

    public static void Introduction()
    {
        Console.WriteLine("Channels between processes beside a Unix domain socket, then with processes that are killed.");
        if (typeof(Receiver<>).Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true })
        {
            Console.WriteLine("This is a Debug build, which is many times slower. Add '-c Release' to see the library's own speed.");
        }

        if (File.Exists(LoadAverage) && double.TryParse(File.ReadAllText(LoadAverage).Split(' ')[0], CultureInfo.InvariantCulture, out double load)
            && load > Environment.ProcessorCount)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Other programs keep this machine busy: {load:N0} threads compete for {Environment.ProcessorCount} processors. The times below say little."));
        }
    }

    /// <summary>Shows the progress of an operation.</summary>
    /// <param name="what">What is done.</param>
    /// <param name="total">How much there is to do.</param>
    /// <param name="work">Does it, and reports from time to time how much is done.</param>
    public static T Progress<T>(string what, long total, Func<Action<long>, T> work)
    {
        if (!IsTerminal)
        {
            Console.WriteLine($"{what} ...");
            return work(static _ => { });
        }

        return s_console.Progress().Start(context =>
        {
            ProgressTask task = context.AddTask($"{what,-16}", maxValue: Math.Max(1, total));
            T result = work(done => task.Value = done);
            task.Value = task.MaxValue;
            return result;
        });
    }

    public static void Results(IReadOnlyCollection<Finding> findings)
    {
        Table table = new() { Border = IsTerminal ? TableBorder.Rounded : TableBorder.Ascii };
        table.AddColumns("What", "IpMpsc", "Unix socket", "Verdict");
        foreach (Finding finding in findings)
        {
            table.AddRow(
                finding.What,
                finding.Measured,
                finding.Socket,
                finding.Holds ? $"[green]{finding.Verdict}[/]" : $"[red]DOES NOT HOLD: {finding.Verdict}[/]");
        }

        s_console.Write(table);
        if (findings.All(finding => finding.Holds))
        {
            Console.WriteLine("Every message of every sender was checked: none lost, changed or out of order. Lines and quotes came from four processes.");
        }

        foreach (string complaint in findings.SelectMany(finding => finding.Complaints))
        {
            Console.Error.WriteLine(complaint);
        }
    }

    private static IAnsiConsole Open()
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = IsTerminal ? AnsiSupport.Detect : AnsiSupport.No });
        if (!IsTerminal)
        {
            console.Profile.Width = 200; // A file has no width, so no row of the table is wrapped.
        }

        return console;
    }
}
