using IpMpsc.Ring;
using IpMpsc.Segments;
using IpMpsc.Views;

namespace IpMpsc.Dropping;

/// <summary>The rule of each <see cref="FullMode"/>, and the keys that the public types tell it.</summary>
internal static class DropRules
{
    /// <summary>The rule of a receiver with a mode; null if it steps over nothing.</summary>
    public static IDropRule? Of(FullMode mode, Attachment attachment) => mode switch
    {
        FullMode.DropOldest => new OldestDropRule(attachment.Layout.Capacity),
        FullMode.LatestOnly => new LatestDropRule(),
        _ => null,
    };

    /// <summary>Tells a receiver the key of all its messages.</summary>
    public static void SetKey<TKey>(RingConsumer consumer, PayloadKey<TKey> key) where TKey : notnull =>
        Change(consumer, rule => rule.SetKey(new KeyTable<TKey>(key)));

    /// <summary>Tells a receiver the key of the messages of one type, read through their view.</summary>
    public static void SetKey<T, TView, TKey>(RingConsumer consumer, Func<TView, TKey> key)
        where T : struct, IChannelMessage<T>
        where TView : IMessageView<TView>, allows ref struct
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(key);
        if (typeof(TView).DeclaringType is { } owner && owner != typeof(T))
        {
            throw new ArgumentException($"{owner}.View is not the view of {typeof(T)}: the key of a message is read through its own View.", nameof(key));
        }

        Change(consumer, rule => rule.SetKey(
            T.MessageId, new KeyTable<TKey>((payload, version) => key(TView.Create(payload, version)))));
    }

    private static void Change(RingConsumer consumer, Action<LatestDropRule> change)
    {
        if (consumer.DropRule is not LatestDropRule rule)
        {
            throw new InvalidOperationException(
                $"The receiver of channel '{consumer.Attachment.Path}' was opened without FullMode.LatestOnly, so it keeps every message, whatever its key. " +
                "Set IpcChannelOptions.FullMode when you open it.");
        }

        consumer.Enter();
        change(rule);
        consumer.Exit();
    }
}
