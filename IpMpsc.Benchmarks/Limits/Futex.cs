using System.Runtime.InteropServices;
using IpMpsc.Benchmarks.Contenders;

namespace IpMpsc.Benchmarks.Limits;

/// <summary>
/// Byte map of a page on which a process sleeps: the count of messages, which is also the futex word; the count of
/// those that were read; slots for messages, so that a sender that is ahead overwrites none.
/// </summary>
internal static unsafe partial class Futex
{
    public const int ReadOffset = 128;
    public const int Slots = 32;

    private const int SlotsOffset = 256;
    private const int SlotSize = 64;

    private const int FUTEX_WAIT = 0;
    private const int FUTEX_WAKE = 1;

    private static readonly long s_number = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 98 : 202;

    public static byte* Slot(byte* page, uint number) => page + SlotsOffset + (number % Slots * SlotSize);

    public static SharedPages Map(string path) => new(path, 4096);

    /// <summary>Sleeps while the word has that value.</summary>
    public static void Wait(uint* word, uint value) => Call((nint)s_number, word, FUTEX_WAIT, (nint)value, null, null, 0);

    /// <summary>Wakes a process that sleeps on the word.</summary>
    public static void Wake(uint* word) => Call((nint)s_number, word, FUTEX_WAKE, 1, null, null, 0);

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint Call(nint number, uint* word, nint operation, nint value, void* timeout, void* other, nint more);
}
