using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace IpMpsc.Extensions.Hosting.Handling;

/// <summary>The messages of one call of a handler: one, or a batch. It is the list that a handler of batches sees.</summary>
internal sealed class Work<TMessage>(IReadOnlyList<IHeld<TMessage>> held) : IReadOnlyList<TMessage>
{
    private TMessage[] _messages = [];

    public IReadOnlyList<IHeld<TMessage>> Held => held;

    public int Count => held.Count;

    public TMessage this[int index] => _messages[index];

    /// <summary>Position of the first message, for those who read the log.</summary>
    public long Position => held[0].Position;

    /// <summary>Decodes the messages, once for all attempts.</summary>
    /// <param name="failure">What the decoder says of the first message that it cannot decode.</param>
    public bool TryDecode([NotNullWhen(false)] out MessageFormatException? failure)
    {
        try
        {
            _messages = [.. held.Select(item => item.Read())];
            failure = null;
            return true;
        }
        catch (MessageFormatException undecodable)
        {
            failure = undecodable;
            return false;
        }
    }

    public void Release()
    {
        foreach (IHeld<TMessage> item in held)
        {
            item.Release();
        }
    }

    /// <summary>The same messages, each as a call of its own.</summary>
    public IEnumerable<Work<TMessage>> Split() => held.Select(item => new Work<TMessage>([item]));

    public IEnumerator<TMessage> GetEnumerator() => ((IEnumerable<TMessage>)_messages).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
