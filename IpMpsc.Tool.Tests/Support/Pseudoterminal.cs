using System.Runtime.InteropServices;
using System.Text;
using IpMpsc.Tests.Peer.Processes;
using IpMpsc.Tests.Support;
using IpMpsc.Tool.CommandLine;

namespace IpMpsc.Tool.Tests.Support;

/// <summary>
/// The tool on a terminal of its own: its screen can be read, and keys can be
/// pressed. Needs only the C library.
/// </summary>
internal sealed class Pseudoterminal : IDisposable
{
    private const int UsualColumns = 150;
    private const int UsualRows = 40;
    private const int NativeStructSize = 1024; // Larger than any system's posix_spawn structures.

    private readonly int _master;
    private readonly int _process;
    private readonly Thread _reader;
    private readonly StringBuilder _raw = new();
    private readonly VirtualScreen _screen;
    private int? _status;

    private Pseudoterminal(int master, int process, int columns, int rows)
    {
        _screen = new VirtualScreen(columns, rows);
        _master = master;
        _process = process;
        _reader = new Thread(ReadAll) { IsBackground = true, Name = "terminal" };
        _reader.Start();
    }

    public int ProcessId => _process;

    /// <summary>Everything that was written, including escape sequences.</summary>
    public string Raw
    {
        get
        {
            lock (_screen)
            {
                return _raw.ToString();
            }
        }
    }

    /// <summary>What the screen shows now.</summary>
    public string Screen
    {
        get
        {
            lock (_screen)
            {
                return _screen.ToString();
            }
        }
    }

    /// <summary>Starts the tool.</summary>
    /// <param name="environment">Variables, NAME=VALUE, on top of those of the test.</param>
    /// <param name="arguments">Its command line.</param>
    public static Pseudoterminal Start(IEnumerable<string> environment, params IEnumerable<string> arguments) =>
        StartIn(UsualColumns, environment, arguments);

    /// <summary>Starts the tool on a terminal of another width.</summary>
    public static Pseudoterminal StartIn(int columns, IEnumerable<string> environment, params IEnumerable<string> arguments) =>
        StartIn(columns, UsualRows, environment, arguments);

    /// <summary>Starts the tool on a terminal of another size.</summary>
    public static Pseudoterminal StartIn(int columns, int rows, IEnumerable<string> environment, params IEnumerable<string> arguments)
    {
        int master = Native.OpenTerminal(Native.O_RDWR | Native.O_NOCTTY | Native.O_CLOEXEC);
        if (master < 0 || Native.Grant(master) != 0 || Native.Unlock(master) != 0)
        {
            Assert.Ignore($"This system does not provide a pseudo-terminal: {Marshal.GetLastPInvokeErrorMessage()}.");
        }

        Native.Resize(master, (ushort)rows, (ushort)columns);
        string slave = Marshal.PtrToStringUTF8(Native.NameOf(master))!;
        return new Pseudoterminal(master, Spawn(slave, [.. Environment(environment)], [.. ToolProcess.CommandLine(arguments)]), columns, rows);
    }

    /// <summary>Waits until the screen shows something.</summary>
    public void Await(Func<string, bool> isSeen, string what)
    {
        if (!SpinWait.SpinUntil(() => isSeen(Screen), Patience.Limit))
        {
            Assert.Fail($"After {Patience.Limit.TotalSeconds} s this is still not true: {what}.\n{Screen}");
        }
    }

    /// <summary>Presses keys.</summary>
    public unsafe void Type(string keys)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(keys);
        fixed (byte* start = bytes)
        {
            Native.Write(_master, start, (nuint)bytes.Length);
        }
    }

    /// <summary>Waits until the tool has ended, and all its output is read.</summary>
    public ExitCode End()
    {
        Assert.That(_reader.Join(Patience.Limit), () => $"The tool did not end.\n{Screen}");
        Patience.Until(HasEnded, "the tool has ended");
        return (ExitCode)((_status!.Value >> 8) & 0xFF);
    }

    public void Dispose()
    {
        if (!HasEnded())
        {
            ProcessControl.Current.Kill(_process);
            Patience.Until(HasEnded, "the tool is dead");
        }

        _reader.Join();
        Native.Close(_master);
    }

    private static IEnumerable<string> Environment(IEnumerable<string> more)
    {
        Dictionary<string, string> variables = System.Environment.GetEnvironmentVariables()
            .Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(variable => (string)variable.Key, variable => (string)variable.Value!);
        variables["TERM"] = "xterm-256color";
        variables.Remove("NO_COLOR");
        foreach (string variable in more)
        {
            string[] parts = variable.Split('=', 2);
            variables[parts[0]] = parts[1];
        }

        return variables.Select(variable => $"{variable.Key}={variable.Value}");
    }

    /// <summary>Starts a process that leads a session of its own, with the terminal as its controlling one.</summary>
    private static unsafe int Spawn(string terminal, string[] environment, string[] command)
    {
        byte* actions = stackalloc byte[NativeStructSize];
        byte* attributes = stackalloc byte[NativeStructSize];
        Native.Require(Native.InitActions(actions));
        Native.Require(Native.InitAttributes(attributes));
        Native.Require(Native.SetFlags(attributes, Native.POSIX_SPAWN_SETSID));
        Native.Require(Native.AddOpen(actions, 0, terminal, Native.O_RDWR, 0));
        Native.Require(Native.AddDuplicate(actions, 0, 1));
        Native.Require(Native.AddDuplicate(actions, 0, 2));
        try
        {
            Native.Require(Native.Spawn(out int process, command[0], actions, attributes, [.. command, null], [.. environment, null]));
            return process;
        }
        finally
        {
            Native.DestroyActions(actions);
            Native.DestroyAttributes(attributes);
        }
    }

    private bool HasEnded()
    {
        if (_status is null && Native.Wait(_process, out int status, Native.WNOHANG) == _process)
        {
            _status = status;
        }

        return _status is not null;
    }

    /// <summary>Reads until the last process has closed the terminal.</summary>
    private unsafe void ReadAll()
    {
        Decoder decoder = Encoding.UTF8.GetDecoder();
        byte[] bytes = new byte[4096];
        char[] letters = new char[4096];
        fixed (byte* start = bytes)
        {
            while (Native.Read(_master, start, (nuint)bytes.Length) is var count and > 0)
            {
                int length = decoder.GetChars(bytes, 0, (int)count, letters, 0);
                lock (_screen)
                {
                    _raw.Append(letters, 0, length);
                    _screen.Write(letters.AsSpan(0, length));
                }
            }
        }
    }
}
