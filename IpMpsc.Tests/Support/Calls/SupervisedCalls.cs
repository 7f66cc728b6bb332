using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IpMpsc.Tests.Peer.Processes;

namespace IpMpsc.Tests.Support;

/// <summary>
/// Runs a test's calls on a thread whose system calls on files a second thread supervises: it counts them, and refuses
/// one of them. The kernel asks for each call (seccomp's user notification), so calls of .NET's own libraries count, too.
/// </summary>
internal sealed unsafe partial class SupervisedCalls
{
    private const int PR_SET_NO_NEW_PRIVS = 38;
    private const nint SeccompCall = 317;
    private const nint SECCOMP_SET_MODE_FILTER = 1;
    private const nint SECCOMP_FILTER_FLAG_NEW_LISTENER = 1 << 3;
    private const uint SECCOMP_RET_USER_NOTIF = 0x7FC0_0000;
    private const nuint SECCOMP_IOCTL_NOTIF_RECV = 0xC050_2100;
    private const nuint SECCOMP_IOCTL_NOTIF_SEND = 0xC018_2101;
    private const uint SECCOMP_USER_NOTIF_FLAG_CONTINUE = 1;
    private const short POLLIN = 1;

    private const int MapMemory = 9;

    /// <summary>Where the lower half of a call's fifth argument stands in struct seccomp_data: for mmap, the descriptor.</summary>
    private const uint FifthArgument = 48;

    /// <summary>What both threads together may allocate during one run: a hundred times what they need.</summary>
    private const long AllocatedByRun = 16 << 20;

    /// <summary>The calls of x64 that take a path, and which argument it is.</summary>
    private static readonly Dictionary<int, (string Name, int Argument)> s_onPaths = new()
    {
        [2] = ("open", 0), [257] = ("openat", 1), [332] = ("statx", 1), [4] = ("stat", 0), [6] = ("lstat", 0), [262] = ("newfstatat", 1),
        [90] = ("chmod", 0), [83] = ("mkdir", 0), [86] = ("link", 1), [265] = ("linkat", 3), [82] = ("rename", 1), [316] = ("renameat2", 1),
        [87] = ("unlink", 0), [263] = ("unlinkat", 1), [137] = ("statfs", 0), [89] = ("readlink", 0), [21] = ("access", 0),
    };

    /// <summary>The calls of x64 that take a descriptor, and which argument it is.</summary>
    private static readonly Dictionary<int, (string Name, int Argument)> s_onDescriptors = new()
    {
        [MapMemory] = ("mmap", 4), [72] = ("fcntl", 0), [91] = ("fchmod", 0), [138] = ("fstatfs", 0), [285] = ("fallocate", 0), [217] = ("getdents64", 0),
        [5] = ("fstat", 0), [77] = ("ftruncate", 0), [0] = ("read", 0),
    };

    private static bool s_isPrepared;

    private readonly string[] _places;
    private readonly int _refused;
    private readonly int _error;
    private readonly List<string> _calls = [];

    private SupervisedCalls(string[] places, int refused, int error)
    {
        _places = places;
        _refused = refused;
        _error = error;
    }

    /// <summary>Whether this system and processor can do this.</summary>
    public static bool IsSupported =>
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.X64;

    /// <summary>Runs calls and refuses none of their system calls.</summary>
    /// <returns>The system calls on files in one of the places, in order.</returns>
    public static IReadOnlyList<string> Record(string[] places, Action calls) => Run(places, refused: -1, error: 0, calls);

    /// <summary>Runs calls and refuses the n-th system call on a file in one of the places, counted from 0.</summary>
    public static IReadOnlyList<string> Refuse(string[] places, int nth, int error, Action calls) => Run(places, nth, error, calls);

    /// <summary>
    /// No garbage collection may begin meanwhile: on the supervised thread it opens /proc/meminfo after it has stopped every other
    /// thread, including the supervisor, so nothing would ever answer. The kernel does not ask when .NET itself wants memory: the
    /// supervised thread may hold the lock of the JIT compiler then, and the supervisor wait for it.
    /// </summary>
    private static IReadOnlyList<string> Run(string[] places, int refused, int error, Action calls)
    {
        Prepare();
        Assert.That(GC.TryStartNoGCRegion(AllocatedByRun), "There is not enough memory for a run without a garbage collection.");
        try
        {
            return RunUncollected(places, refused, error, calls);
        }
        finally
        {
            if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
            {
                GC.EndNoGCRegion();
            }
        }
    }

    /// <summary>
    /// Does once all that a supervisor does, so that it is compiled. The project is compiled without tiers: nothing is
    /// compiled a second time.
    /// </summary>
    private static void Prepare()
    {
        if (s_isPrepared)
        {
            return;
        }

        foreach (MethodInfo method in typeof(SupervisedCalls).GetMethods(
            BindingFlags.Static | BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        {
            RuntimeHelpers.PrepareMethod(method.MethodHandle);
        }

        SupervisedCalls supervisor = new([Path.GetTempPath()], refused: -1, error: 0);
        Thread thread = new(static () => { });
        thread.Start();
        thread.Join();
        supervisor.Supervise(listener: -1, thread);
        PollDescriptor poll = new() { Descriptor = -1, Events = POLLIN };
        _ = Poll(&poll, 1, 0);
        Notification asked = new() { Call = 21 };
        _ = InputOutput(-1, SECCOMP_IOCTL_NOTIF_RECV, &asked);
        fixed (byte* path = "/dev/null"u8)
        {
            asked.Arguments[0] = (ulong)path;
            supervisor.Count(supervisor.NameOf(asked) ?? "");
        }

        foreach (int descriptor in (int[])[-1, 0, int.MaxValue])
        {
            asked = new Notification { Call = 72 };
            asked.Arguments[0] = (ulong)descriptor;
            supervisor.NameOf(asked);
        }

        s_isPrepared = true;
    }

    private static IReadOnlyList<string> RunUncollected(string[] places, int refused, int error, Action calls)
    {
        SupervisedCalls supervisor = new(places, refused, error);
        Exception? failure = null;
        int listener = -1;
        uint[] unasked = [unchecked((uint)-1), .. DescriptorsOfCode()];
        Thread thread = new(() =>
        {
            try
            {
                Volatile.Write(ref listener, Listen(unasked));
                calls();
            }
            catch (Exception thrown)
            {
                failure = thrown;
            }
        })
        {
            IsBackground = true,
        };
        thread.Start();

        // The thread cannot signal an event: once it has the filter, the supervisor must already answer the system call of that signal.
        SpinWait spin = default;
        while (Volatile.Read(ref listener) < 0 && thread.IsAlive)
        {
            spin.SpinOnce();
        }

        if (listener >= 0)
        {
            supervisor.Supervise(listener, thread);
            Close(listener);
        }

        Assert.That(thread.Join(Patience.Limit), "The calls did not end.");
        switch (failure)
        {
            case Win32Exception unsupported:
                Assert.Ignore($"No seccomp filter can be installed here: {unsupported.Message}");
                break;
            case not null:
                throw new AssertionException($"After [{string.Join(", ", supervisor._calls)}]: {failure}");
        }

        return supervisor._calls;
    }

    /// <summary>The descriptors that .NET maps compiled code from.</summary>
    private static IEnumerable<uint> DescriptorsOfCode() =>
        from file in new DirectoryInfo("/proc/self/fd").EnumerateFiles()
        where file.LinkTarget?.StartsWith("/memfd:doublemapper", StringComparison.Ordinal) ?? false
        select uint.Parse(file.Name, CultureInfo.InvariantCulture);

    /// <summary>Installs the filter for this thread.</summary>
    /// <param name="unasked">Descriptors of which memory is mapped without a question.</param>
    private static int Listen(uint[] unasked)
    {
        int[] supervised = [.. s_onPaths.Keys.Concat(s_onDescriptors.Keys).Where(static call => call != MapMemory)];
        List<FilterInstruction> program =
        [
            new(FilterInstruction.LoadWord, 0, 0, 0),
            new(FilterInstruction.JumpIfEqual, 0, (byte)(unasked.Length + 3), MapMemory), // Any other call: past what is for this one.
            new(FilterInstruction.LoadWord, 0, 0, FifthArgument),
            .. unasked.Select((descriptor, index) => new FilterInstruction(
                FilterInstruction.JumpIfEqual, (byte)(unasked.Length - index), 0, descriptor)),
            new(FilterInstruction.Return, 0, 0, SECCOMP_RET_USER_NOTIF),
            new(FilterInstruction.Return, 0, 0, FilterInstruction.Allow),
        ];
        for (int index = 0; index < supervised.Length; index++)
        {
            program.Add(new(FilterInstruction.JumpIfEqual, (byte)(supervised.Length - index), 0, (uint)supervised[index]));
        }

        program.Add(new(FilterInstruction.Return, 0, 0, FilterInstruction.Allow));
        program.Add(new(FilterInstruction.Return, 0, 0, SECCOMP_RET_USER_NOTIF));
        FilterInstruction[] instructions = [.. program];
        fixed (FilterInstruction* first = instructions)
        {
            FilterProgram whole = new() { Length = (ushort)instructions.Length, Instructions = first };
            int listener = Control(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
                ? (int)SystemCall(SeccompCall, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, (nint)(&whole))
                : -1;
            return listener >= 0 ? listener : throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    private void Supervise(int listener, Thread thread)
    {
        Notification* asked = stackalloc Notification[1];
        Answer* answer = stackalloc Answer[1];
        while (thread.IsAlive)
        {
            PollDescriptor poll = new() { Descriptor = listener, Events = POLLIN };
            if (Poll(&poll, 1, 10) <= 0 || (poll.Happened & POLLIN) == 0)
            {
                continue;
            }

            new Span<Notification>(asked, 1).Clear();
            if (InputOutput(listener, SECCOMP_IOCTL_NOTIF_RECV, asked) != 0)
            {
                continue; // The thread has ended meanwhile.
            }

            bool refuse = NameOf(*asked) is { } name && Count(name) == _refused;
            *answer = refuse
                ? new Answer { Id = asked->Id, Error = -_error }
                : new Answer { Id = asked->Id, Flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE };
            _ = InputOutput(listener, SECCOMP_IOCTL_NOTIF_SEND, answer);
        }
    }

    private int Count(string name)
    {
        _calls.Add(name);
        return _calls.Count - 1;
    }

    /// <summary>The name of a call on a file in one of the places; null for any other.</summary>
    private string? NameOf(in Notification asked)
    {
        if (s_onPaths.TryGetValue(asked.Call, out (string Name, int Argument) onPath))
        {
            // The thread waits for our answer, in the same address space.
            string path = Marshal.PtrToStringUTF8((nint)asked.Arguments[onPath.Argument]) ?? "";
            bool isOfDescriptor = path.Length == 0 && asked.Call == 332;
            return IsOurs(isOfDescriptor ? FileOf(asked.Arguments[0]) : path) ? onPath.Name : null;
        }

        (string name, int argument) = s_onDescriptors[asked.Call];
        return IsOurs(FileOf(asked.Arguments[argument])) ? name : null;
    }

    private bool IsOurs(string? path) => path is not null && Array.Exists(_places, place => path.StartsWith(place, StringComparison.Ordinal));

    private static string? FileOf(ulong descriptor)
    {
        try
        {
            return (int)descriptor < 0 ? null : new FileInfo($"/proc/self/fd/{(int)descriptor}").LinkTarget;
        }
        catch (IOException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int Control(int option, nuint a, nuint b, nuint c, nuint d);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, nint a, nint b, nint c);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int InputOutput(int descriptor, nuint request, void* argument);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(PollDescriptor* descriptors, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);

    /// <summary>struct seccomp_notif.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Notification
    {
        public ulong Id;
        public uint Thread;
        public uint Flags;
        public int Call;
        public uint Architecture;
        public ulong Instruction;
        public fixed ulong Arguments[6];
    }

    /// <summary>struct seccomp_notif_resp.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Answer
    {
        public ulong Id;
        public long Value;
        public int Error;
        public uint Flags;
    }

    /// <summary>struct pollfd.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Happened;
    }
}
