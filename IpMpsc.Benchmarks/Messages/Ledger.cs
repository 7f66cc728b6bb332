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
            Throw(message.Sender, message.Number);
        }
    }

    // By two numbers: a message that is handed on as a whole is copied once more, whether it is thrown or not.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Throw(int sender, long number) =>
        throw new BenchmarkException($"Message {number} of sender {sender} came damaged, twice or out of order.");
}
