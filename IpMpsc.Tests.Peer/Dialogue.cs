using System.Collections.Concurrent;

namespace IpMpsc.Tests.Peer;

/// <summary>
/// The peer's dialogue with the test that started it: lines on standard input and output. A line that
/// begins with '!' interrupts whatever is under way; the end of the input ends the process.
/// </summary>
internal static class Dialogue
{
    /// <summary>Exit code when the test went away.</summary>
    public const int Abandoned = 9;

    private static readonly BlockingCollection<string> s_lines = [];

    private static readonly Lock s_gate = new();
    private static bool s_hasBegun;
    private static string? s_early;

    /// <summary>
    /// What an interrupting line does now. One that came before the first command was ready for it is not
    /// lost: a process may be told to stop while it starts.
    /// </summary>
    public static Action<string>? Interrupted
    {
        get;
        set
        {
            lock (s_gate)
            {
                field = value;
                s_hasBegun = true;
                if (s_early is { } line)
                {
                    s_early = null;
                    value?.Invoke(line);
                }
            }
        }
    }

    public static void Begin()
    {
        new Thread(ReadAll) { IsBackground = true, Name = "dialogue" }.Start();
    }

    /// <summary>The next line from the test.</summary>
    public static string Listen() => s_lines.Take();

    /// <summary>Tells the test something.</summary>
    public static void Say(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }

    private static void ReadAll()
    {
        while (Console.In.ReadLine() is { } line)
        {
            if (line.StartsWith('!'))
            {
                Interrupt(line);
            }
            else
            {
                s_lines.Add(line);
            }
        }

        Environment.Exit(Abandoned);
    }

    private static void Interrupt(string line)
    {
        Action<string>? interrupted;
        lock (s_gate)
        {
            interrupted = Interrupted;
            s_early = s_hasBegun ? null : line;
        }

        interrupted?.Invoke(line);
    }
}
