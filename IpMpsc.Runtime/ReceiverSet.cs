using System.Runtime.CompilerServices;
using IpMpsc.Receiving;
using IpMpsc.Ring;
using IpMpsc.Waiting;

namespace IpMpsc;

/// <summary>
/// Waits for any of many receivers, of any message types: one thread, or none, serves thousands of
/// channels. The set returns a receiver that has a message; receive the message from that receiver.
/// </summary>
/// <remarks>
/// <para>
/// Waiting is fair: the search begins behind the receiver that was found last, so a busy channel does not hide the
/// others. The set also returns a receiver whose next receive would throw, because the record is corrupt, the
/// channel was deleted, or every sender has left and <see cref="IpcChannelOptions.EndWithSenders"/> is set. The set returns
/// it again until it is removed. A disposed receiver leaves the set by itself. A receiver of the set may
/// hold messages: the set looks behind them.
/// </para>
/// <para>
/// One call at a time may wait. All other members are safe to call from any thread at the same time. While a call
/// waits, it uses all receivers of the set; after it has returned, it uses none.
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
public sealed class ReceiverSet : IDisposable, IAsyncDisposable
{
    private readonly ConsumerSet _set;

    /// <summary>Creates a set.</summary>
    /// <param name="receivers">The receivers to begin with; may be empty.</param>
    /// <exception cref="ArgumentException">A receiver is given twice.</exception>
    public ReceiverSet(params IReceiver[] receivers) : this(WaitStrategy.Adaptive, receivers)
    {
    }

    /// <summary>Creates a set with a wait strategy.</summary>
    /// <param name="strategy">How a wait polls before it sleeps. It replaces the strategies of the receivers.</param>
    /// <param name="receivers">The receivers to begin with; may be empty.</param>
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

    /// <summary>The number of receivers in the set.</summary>
    public int Count => _set.Count;

    /// <summary>From how many receivers on the system watches them, if it can; for tests, which have few.</summary>
    internal int WatchedFrom { init => _set.WatchedFrom = value; }

    /// <summary>Whether a call waits; for tests, which must know when a wait has begun.</summary>
    internal bool WaitsNow => _set.IsWaiting;

    /// <summary>Adds a receiver. A wait that is under way waits for it too. Safe to call from any thread.</summary>
    /// <param name="receiver">A receiver of any kind. The set does not dispose it.</param>
    /// <exception cref="ArgumentException">The set has the receiver already, or it is not a receiver of this library.</exception>
    /// <exception cref="InvalidOperationException">A wait is under way and the receiver is in use.</exception>
    /// <exception cref="ObjectDisposedException">The set was disposed.</exception>
    public void Add(IReceiver receiver)
    {
        ArgumentNullException.ThrowIfNull(receiver);
        if (receiver is not IConsumerOwner { Consumer: var consumer })
        {
            throw new ArgumentException("A set waits for receivers of this library only, not for other implementations of IReceiver.", nameof(receiver));
        }

        if (!_set.TryAdd(consumer, receiver))
        {
            throw new ArgumentException($"The set has the receiver of channel '{receiver.Path}' already. Add a receiver once.", nameof(receiver));
        }
    }

    /// <summary>
    /// Removes a receiver, also from a wait that is under way. When this returns, the set no longer uses
    /// the receiver. Safe to call from any thread.
    /// </summary>
    /// <param name="receiver">The receiver.</param>
    /// <returns>False if the set does not have the receiver.</returns>
    public bool Remove(IReceiver receiver)
    {
        ArgumentNullException.ThrowIfNull(receiver);
        return _set.Remove(receiver);
    }

    /// <summary>Waits until a receiver has a message.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receiver. Its message is still in the channel.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="InvalidOperationException">Another call waits, or a receiver is in use.</exception>
    /// <exception cref="ObjectDisposedException">The set was disposed, possibly while this call waited.</exception>
    public IReceiver WaitAny(CancellationToken cancellationToken = default) =>
        (IReceiver)_set.Wait(WaitLimit.Forever(cancellationToken))!;

    /// <summary>Waits until a receiver has a message, for a limited time.</summary>
    /// <param name="timeout">The longest wait, on the monotonic clock; zero only looks, <see cref="Timeout.InfiniteTimeSpan"/> waits without a limit.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receiver, or null if the timeout passed first.</returns>
    /// <inheritdoc cref="WaitAny(CancellationToken)" path="/exception" />
    public IReceiver? WaitAny(TimeSpan timeout, CancellationToken cancellationToken = default) =>
        (IReceiver?)_set.Wait(WaitLimit.For(timeout, cancellationToken));

    /// <summary>Waits until a receiver has a message, without blocking a thread.</summary>
    /// <inheritdoc cref="WaitAny(CancellationToken)" path="/param|/returns|/exception" />
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<IReceiver> WaitAnyAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await _set.WaitAsync(cancellationToken).ConfigureAwait(false);
        return (IReceiver)_set.EndAsync(cancellationToken);
    }

    /// <summary>
    /// Ends the set: a call that waits throws <see cref="ObjectDisposedException"/>. The receivers stay open. Safe to
    /// call from any thread.
    /// </summary>
    public void Dispose() => _set.Close();

    /// <summary>As <see cref="Dispose"/>, which never waits, for <c>await using</c>.</summary>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }
}
