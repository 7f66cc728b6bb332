using System.ComponentModel;
using System.Runtime.InteropServices;

namespace IpMpsc.Benchmarks.Workloads.Crowds;

/// <summary>The system calls for epoll, for eventfds, and for handing descriptors to another process.</summary>
internal static unsafe partial class EpollCalls
{
    private const int EPOLL_CTL_ADD = 1;
    private const uint EPOLLIN = 1;
    private const int EFD_NONBLOCK = 0x800;
    private const int SOL_SOCKET = 1;
    private const int SCM_RIGHTS = 1;

    /// <summary>The kernel's structure is packed on x64.</summary>
    private static readonly int s_eventSize = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;

    public static int NewSet() => Require(CreateEpoll(0));

    public static int NewEvent() => Require(CreateEvent(0, EFD_NONBLOCK));

    public static void Add(int set, int descriptor, int index)
    {
        byte* watch = stackalloc byte[16];
        *(uint*)watch = EPOLLIN;
        *(long*)(watch + s_eventSize - sizeof(long)) = index;
        Require(Control(set, EPOLL_CTL_ADD, descriptor, watch));
    }

    /// <summary>Sleeps until one of the descriptors is ready; its index.</summary>
    public static int Wait(int set, int milliseconds)
    {
        byte* ready = stackalloc byte[16];
        return Require(Wait(set, ready, 1, milliseconds)) == 1
            ? (int)*(long*)(ready + s_eventSize - sizeof(long))
            : throw new TimeoutException("epoll_wait was not woken up.");
    }

    public static void Raise(int descriptor)
    {
        long one = 1;
        Require((int)Write(descriptor, &one, sizeof(long)));
    }

    public static void Lower(int descriptor)
    {
        long count;
        Require((int)Read(descriptor, &count, sizeof(long)));
    }

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    /// <summary>Hands descriptors to the process at the other end of a Unix socket.</summary>
    public static void SendDescriptors(nint socket, ReadOnlySpan<int> descriptors)
    {
        Exchange message = new(descriptors.Length);
        descriptors.CopyTo(message.Descriptors);
        Require((int)SendMessage((int)socket, message.Header, 0));
        message.Free();
    }

    /// <summary>Takes over a number of descriptors.</summary>
    public static int[] ReceiveDescriptors(nint socket, int count)
    {
        Exchange message = new(count);
        Require((int)ReceiveMessage((int)socket, message.Header, 0));
        int[] descriptors = message.Descriptors.ToArray();
        message.Free();
        return descriptors;
    }

    private static int Require(int result) => result >= 0 ? result : throw new Win32Exception(Marshal.GetLastPInvokeError());

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial int CreateEpoll(int flags);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    private static partial int CreateEvent(uint count, int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int Control(int set, int operation, int descriptor, byte* watch);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    private static partial int Wait(int set, byte* ready, int most, int milliseconds);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, void* bytes, nint length);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(int descriptor, void* bytes, nint length);

    [LibraryImport("libc", EntryPoint = "sendmsg", SetLastError = true)]
    private static partial nint SendMessage(int socket, void* message, int flags);

    [LibraryImport("libc", EntryPoint = "recvmsg", SetLastError = true)]
    private static partial nint ReceiveMessage(int socket, void* message, int flags);

    /// <summary>A msghdr with one byte of data and room for descriptors, in memory of its own.</summary>
    private readonly ref struct Exchange
    {
        private const int DataOffset = 64;
        private const int VectorOffset = 72;
        private const int ControlOffset = 96;
        private const int ControlHeaderSize = 16;

        private readonly byte* _memory;
        private readonly int _count;

        public Exchange(int count)
        {
            int controlLength = ControlHeaderSize + (count * sizeof(int));
            _count = count;
            _memory = (byte*)NativeMemory.AllocZeroed((nuint)(ControlOffset + controlLength + sizeof(long)));
            *(byte**)(_memory + VectorOffset) = _memory + DataOffset;
            *(long*)(_memory + VectorOffset + 8) = 1;
            *(byte**)(_memory + 16) = _memory + VectorOffset;
            *(long*)(_memory + 24) = 1;
            *(byte**)(_memory + 32) = _memory + ControlOffset;
            *(long*)(_memory + 40) = (controlLength + 7) & ~7;
            *(long*)(_memory + ControlOffset) = controlLength;
            *(int*)(_memory + ControlOffset + 8) = SOL_SOCKET;
            *(int*)(_memory + ControlOffset + 12) = SCM_RIGHTS;
        }

        public void* Header => _memory;

        public Span<int> Descriptors => new(_memory + ControlOffset + ControlHeaderSize, _count);

        public void Free() => NativeMemory.Free(_memory);
    }
}
