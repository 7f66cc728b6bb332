using System.Runtime.CompilerServices;

namespace IpMpsc.Benchmarks.Messages;

/// <summary>Checks that the messages of each sender come whole, once and in the order in which it sent them.</summary>
internal sealed class Ledger(int senders)
{
    private readonly long[] _next = new long[senders];

    /// <summary>Whether every sender has sent something.</summary>
    public bool HasHeardOfAll => !_next.Contains(0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Enter<T>(in T message) where T : unmanaged, IVerified<T>
    {
        if ((uint)message.Sender >= (uint)_next.Length || !message.IsWhole || _next[message.Sender]++ != message.Number)
        {
            Throw(message);
        }
    }

    // By value: a message whose address is handed out must be kept in memory, and is copied there before it is looked at.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Throw<T>(T message) where T : unmanaged, IVerified<T> => throw new BenchmarkException(
        $"Message {message.Number} of sender {message.Sender} came damaged, twice or out of order: " +
        Convert.ToHexString(System.Runtime.InteropServices.MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in message))));
}
