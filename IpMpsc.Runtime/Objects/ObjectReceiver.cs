using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using IpMpsc.Ring;

namespace IpMpsc.Objects;

/// <summary>Receives objects of any type from a channel, in the format of a serializer.</summary>
/// <remarks>
/// One thread at a time uses it, as with <see cref="Receiver{T}"/>. Every object is the caller's own: nothing of it is in the
/// ring. A payload that the serializer cannot read is skipped with a <see cref="MessageFormatException"/>, which holds its bytes.
/// </remarks>
/// <typeparam name="T">The type of the messages.</typeparam>
public sealed partial class ObjectReceiver<T> : IReceiver, IConsumerOwner
{
    private readonly ByteReceiver _bytes;
    private readonly IObjectSerializer<T> _serializer;

    private ObjectReceiver(ByteReceiver bytes, IObjectSerializer<T> serializer)
    {
        _bytes = bytes;
        _serializer = serializer;
    }

    /// <inheritdoc cref="Receiver{T}.Path" />
    public string Path => _bytes.Path;

    /// <inheritdoc cref="Receiver{T}.Capacity" />
    public long Capacity => _bytes.Capacity;

    /// <summary>Bytes of the largest serialized message that the channel takes: the capacity minus 16.</summary>
    public int MaxMessageSize => _bytes.MaxMessageSize;

    /// <inheritdoc cref="Receiver{T}.BytesUsed" />
    public long BytesUsed => _bytes.BytesUsed;

    /// <inheritdoc cref="Receiver{T}.DroppedMessages" />
    public long DroppedMessages => _bytes.DroppedMessages;

    /// <inheritdoc cref="ByteReceiver.LatestBy" path="/summary|/exception" />
    /// <param name="key">Reads the key of a message. It is called once for each message, which is deserialized for it. A message for which it throws is handed out.</param>
    /// <typeparam name="TKey">The type of the key.</typeparam>
    public void LatestBy<TKey>(Func<T, TKey> key) where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(key);
        _bytes.LatestBy(payload => key(DeserializeOrExplain(payload)));
    }

    /// <inheritdoc cref="Receiver{T}.IsCompleted" />
    public bool IsCompleted => _bytes.IsCompleted;

    RingConsumer IConsumerOwner.Consumer => Consumer;

    private RingConsumer Consumer => ((IConsumerOwner)_bytes).Consumer;

    /// <param name="name">A name, looked up in the user's runtime directory, or a path.</param>
    /// <param name="serializer">The format of the messages.</param>
    /// <param name="options">How to create the channel.</param>
    /// <inheritdoc cref="Receiver{T}.Create" path="/summary|/exception" />
    public static ObjectReceiver<T> Create(string name, IObjectSerializer<T> serializer, IpcChannelOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(serializer);
        return new(ByteReceiver.Create(name, options, serializer.Format), serializer);
    }

    /// <param name="name">A name, looked up in the user's runtime directory, or a path.</param>
    /// <param name="serializer">The format of the messages.</param>
    /// <param name="options">What the channel must be like; an option that is not set is not checked.</param>
    /// <exception cref="ChannelMismatchException">It carries another format or another type, or is not a channel.</exception>
    /// <inheritdoc cref="Receiver{T}.Open" path="/summary|/exception[not(@cref='T:IpMpsc.ChannelMismatchException')]" />
    public static ObjectReceiver<T> Open(string name, IObjectSerializer<T> serializer, IpcChannelOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(serializer);
        return new(ByteReceiver.Open(name, options, serializer.Format), serializer);
    }

    /// <inheritdoc cref="Receiver{T}.OpenOrCreate" path="/summary" />
    /// <inheritdoc cref="Open" path="/param|/exception" />
    public static ObjectReceiver<T> OpenOrCreate(string name, IObjectSerializer<T> serializer, IpcChannelOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(serializer);
        return new(ByteReceiver.OpenOrCreate(name, options, serializer.Format), serializer);
    }

    /// <inheritdoc cref="Receiver{T}.Replace" path="/summary|/exception" />
    /// <inheritdoc cref="Create" path="/param" />
    public static ObjectReceiver<T> Replace(string name, IObjectSerializer<T> serializer, IpcChannelOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(serializer);
        return new(ByteReceiver.Replace(name, options, serializer.Format), serializer);
    }

    /// <inheritdoc cref="Receiver{T}.CreateTemporary" path="/summary|/exception" />
    /// <inheritdoc cref="Create" path="/param[@name='serializer' or @name='options']" />
    public static ObjectReceiver<T> CreateTemporary(IObjectSerializer<T> serializer, IpcChannelOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(serializer);
        return new(ByteReceiver.CreateTemporary(options, serializer.Format), serializer);
    }

    /// <inheritdoc cref="Receiver{T}.Receive" />
    public T Receive(CancellationToken cancellationToken = default) => Take(_bytes.ReceiveInPlace(cancellationToken));

    /// <inheritdoc cref="Receiver{T}.TryReceive(out T)" />
    public bool TryReceive([MaybeNullWhen(false)] out T message)
    {
        bool received = _bytes.TryReceiveInPlace(out ReceivedBytes payload);
        message = received ? Take(payload) : default;
        return received;
    }

    /// <inheritdoc cref="Receiver{T}.TryReceive(out T, TimeSpan, CancellationToken)" />
    public bool TryReceive(
        [MaybeNullWhen(false)] out T message, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        bool received = _bytes.TryReceiveInPlace(out ReceivedBytes payload, timeout, cancellationToken);
        message = received ? Take(payload) : default;
        return received;
    }

    /// <summary>All messages as they come. The loop ends by <c>break</c>, by the token, or with <see cref="IpcChannelOptions.EndWithSenders"/>.</summary>
    /// <param name="cancellationToken">Ends the loop with an <see cref="OperationCanceledException"/>.</param>
    /// <inheritdoc cref="Receive" path="/exception[not(@cref='T:IpMpsc.ChannelCompletedException')]" />
    public IEnumerable<T> ReadAll(CancellationToken cancellationToken = default)
    {
        while (TryReceive(out T? message, Timeout.InfiniteTimeSpan, cancellationToken))
        {
            yield return message;
        }
    }

    /// <summary>Hands every message that is there now to a handler.</summary>
    /// <param name="handler">Called for each message.</param>
    /// <param name="maxMessages">At most this many.</param>
    /// <returns>How many messages were handled.</returns>
    /// <inheritdoc cref="TryReceive(out T)" path="/exception" />
    public int Drain(Action<T> handler, int maxMessages = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(handler);
        int handled = 0;
        while (handled < maxMessages && TryReceive(out T? message))
        {
            handled++;
            handler(message);
        }

        return handled;
    }

    /// <inheritdoc cref="Receiver{T}.SkipCorrupt" />
    public long SkipCorrupt() => _bytes.SkipCorrupt();

    /// <inheritdoc cref="Receiver{T}.Dispose" />
    public void Dispose() => _bytes.Dispose();

    /// <summary>As <see cref="Dispose"/>, which never waits, for <c>await using</c>.</summary>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    /// <summary>Makes the object and releases the message. What the caller cannot be given for lack of memory stays in the ring.</summary>
    private T Take(ReceivedBytes message)
    {
        bool keep = true;
        try
        {
            T value = Deserialize(message.Payload);
            keep = false;
            return value;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            byte[] payload = message.Payload.ToArray();
            keep = false;
            Consumer.CountSkipped();
            throw new MessageFormatException(
                new MessageFormatException($"it is not {_serializer.Format}: {failure.Message}", failure), message.Position, payload);
        }
        finally
        {
            if (keep)
            {
                Consumer.PutBack();
            }
            else
            {
                message.Dispose();
            }
        }
    }

    private T DeserializeOrExplain(ReadOnlySpan<byte> payload)
    {
        try
        {
            return Deserialize(payload);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            throw new MessageFormatException($"It is not {_serializer.Format}: {failure.Message}", failure);
        }
    }

    private T Deserialize(ReadOnlySpan<byte> payload)
    {
        if (_serializer.ToleratesChanges)
        {
            return _serializer.Deserialize(payload);
        }

        byte[] copy = ArrayPool<byte>.Shared.Rent(payload.Length);
        try
        {
            payload.CopyTo(copy);
            return _serializer.Deserialize(copy.AsSpan(0, payload.Length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }
}
