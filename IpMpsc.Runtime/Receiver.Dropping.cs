using IpMpsc.Dropping;
using IpMpsc.Views;

namespace IpMpsc;

/// <content>Dropping: what a receiver does not hand out because newer messages came.</content>
public sealed partial class Receiver<T>
{
    /// <summary>
    /// How many messages were dropped since this receiver opened the channel: those that senders did not send and those that it stepped over, see
    /// <see cref="FullMode"/>. If the number is higher after a receive than before it, the difference is the size of the gap. A message that
    /// is stepped over again after <see cref="Rewind"/> counts again. Safe to call from any thread.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The receiver was disposed.</exception>
    public long DroppedMessages => _consumer.DroppedMessages;

    /// <summary>
    /// Tells a receiver with <see cref="FullMode.LatestOnly"/> the key of a message: of several messages with the same key it hands out the newest one. Without a key,
    /// all messages have the same one.
    /// </summary>
    /// <param name="key">Reads the key in place, such as <c>static (Quote.View quote) => quote.Instrument</c>. It is called once for each message. A message for which it throws is handed out.</param>
    /// <typeparam name="TView">The message's generated <c>View</c>.</typeparam>
    /// <typeparam name="TKey">The type of the key.</typeparam>
    /// <exception cref="ArgumentException">The view is that of another message type.</exception>
    /// <exception cref="InvalidOperationException">The receiver has another <see cref="FullMode"/>, a message is in hand, or another thread uses the receiver.</exception>
    /// <exception cref="ObjectDisposedException">The receiver was disposed.</exception>
    public void LatestBy<TView, TKey>(Func<TView, TKey> key)
        where TView : IMessageView<TView>, allows ref struct
        where TKey : notnull =>
        DropRules.SetKey<T, TView, TKey>(_consumer, key);
}
