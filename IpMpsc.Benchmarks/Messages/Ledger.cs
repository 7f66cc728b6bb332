using System.Runtime.CompilerServices;

namespace IpMpsc.Benchmarks.Messages;

/// <summary>Checks that the messages of each sender arrive whole, once and in the order in which it sent them.</summary>
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
            Throw(message.Sender, message.Number);
        }
    }

    // Takes two numbers, because passing the whole message would copy it once more, even when nothing is thrown.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Throw(int sender, long number) =>
        throw new BenchmarkException($"Message {number} of sender {sender} arrived damaged, twice or out of order.");
}
