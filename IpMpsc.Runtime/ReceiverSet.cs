using System.Runtime.CompilerServices;
using IpMpsc.Receiving;
using IpMpsc.Waiting;

namespace IpMpsc;

/// <summary>
/// Waits for any of many receivers, of whatever message types: one thread, or none, serves thousands of
/// channels. The set says which one has a message; it is received from the receiver itself.
/// </summary>
/// <remarks>
/// <para>
/// Fair: the search begins behind the receiver that was found last, so a busy channel does not hide the
/// others. A receiver is also found when its next receive would throw, because the record is corrupt, the
/// channel was deleted, or every sender has left and <see cref="IpcChannelOptions.EndWithSenders"/> is set; it is
/// found again until it is removed. One that is disposed leaves the set by itself.
/// </para>
/// <para>
/// One call at a time waits; the others may be called at the same time from any thread. While a call
/// waits, all receivers of the set are in use by it; when it returns, none is.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// using ReceiverSet set = new(quotes, orders);
/// while (set.WaitAny(timeout) is { } ready)
/// {
///     if (ready == quotes) { quotes.Drain(OnQuote); } else { orders.Drain(OnOrder); }
/// }
/// </code>
/// </example>
public sealed class ReceiverSet : IDisposable
{
    private readonly ConsumerSet _set;

    /// <summary>Makes a set.</summary>
    /// <param name="receivers">The receivers to begin with; none is fine.</param>
    /// <exception cref="ArgumentException">A receiver is given twice.</exception>
    public ReceiverSet(params IReceiver[] receivers) : this(WaitStrategy.Adaptive, receivers)
    {
    }

    /// <summary>Makes a set that waits in a certain way.</summary>
    /// <param name="strategy">How a wait polls before it sleeps, whatever its receivers' own strategies are.</param>
    /// <param name="receivers">The receivers to begin with; none is fine.</param>
    /// <exception cref="ArgumentException">A receiver is given twice.</exception>
    public ReceiverSet(WaitStrategy strategy, params IReceiver[] receivers)
    {
        ArgumentNullException.ThrowIfNull(receivers);
        _set = new ConsumerSet { Budget = strategy.ToBudget() };
        foreach (IReceiver receiver in receivers)
        {
            Add(receiver);
        }
    }

    /// <summary>How many receivers are in the set.</summary>
    public int Count => _set.Count;

    /// <summary>Whether a call waits; for tests, which must not guess when a wait has begun.</summary>
    internal bool WaitsNow => _set.IsWaiting;

    /// <summary>Adds a receiver; a wait that is under way waits for it too. Safe to call from any thread.</summary>
    /// <param name="receiver">A receiver of any kind, which stays the caller's.</param>
    /// <exception cref="ArgumentException">The receiver is in the set.</exception>
    /// <exception cref="InvalidOperationException">A wait is under way and the receiver is in use.</exception>
    /// <exception cref="ObjectDisposedException">The set was disposed.</exception>
    public void Add(IReceiver receiver)
    {
        ArgumentNullException.ThrowIfNull(receiver);
        if (!_set.TryAdd(receiver.Ring, receiver))
        {
            throw new ArgumentException($"The receiver of channel '{receiver.Path}' is in the set.", nameof(receiver));
        }
    }

    /// <summary>
    /// Removes a receiver, from a wait that is under way too: when this returns, the receiver is not in
    /// use by the set any more. Safe to call from any thread.
    /// </summary>
    /// <param name="receiver">The receiver.</param>
    /// <returns>False if it is not in the set.</returns>
    public bool Remove(IReceiver receiver)
    {
        ArgumentNullException.ThrowIfNull(receiver);
        return _set.Remove(receiver);
    }

    /// <summary>Waits until a receiver has a message.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receiver. Its message is not taken yet.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="InvalidOperationException">Another call waits, or a receiver is in use.</exception>
    /// <exception cref="ObjectDisposedException">The set was disposed, possibly while this call waited.</exception>
    public IReceiver WaitAny(CancellationToken cancellationToken = default) =>
        (IReceiver)_set.Wait(WaitLimit.Forever(cancellationToken))!;

    /// <summary>Waits until a receiver has a message, for a time.</summary>
    /// <param name="timeout">On the monotonic clock; zero only looks, <see cref="Timeout.InfiniteTimeSpan"/> waits as long as it takes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receiver, or null if the time passed first.</returns>
    /// <inheritdoc cref="WaitAny(CancellationToken)" path="/exception" />
    public IReceiver? WaitAny(TimeSpan timeout, CancellationToken cancellationToken = default) =>
        (IReceiver?)_set.Wait(WaitLimit.For(timeout, cancellationToken));

    /// <summary>Waits until a receiver has a message, without holding a thread.</summary>
    /// <inheritdoc cref="WaitAny(CancellationToken)" path="/param|/returns|/exception" />
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<IReceiver> WaitAnyAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await _set.WaitAsync(cancellationToken).ConfigureAwait(false);
        return (IReceiver)_set.EndAsync(cancellationToken);
    }

    /// <summary>
    /// Ends a call that waits with <see cref="ObjectDisposedException"/>. The receivers stay open. Safe to
    /// call from any thread.
    /// </summary>
    public void Dispose() => _set.Close();
}
