using System.ComponentModel;
using System.Runtime.CompilerServices;
using IpMpsc.Wire;

namespace IpMpsc.Views;

/// <summary>Messages within another one that are written in place.</summary>
/// <typeparam name="T">The message.</typeparam>
/// <typeparam name="TWriter">Its generated <c>Writer</c>.</typeparam>
public readonly ref struct WriterList<T, TWriter>
    where T : struct, IChannelMessage<T>
    where TWriter : IMessageWriter<TWriter>, allows ref struct
{
    private readonly Span<byte> _payload;
    private readonly ReadOnlySpan<WireRange> _slots;
    private readonly string _field;

    /// <summary>Gives access to an array in a payload; called by generated code.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="slot">Where the ranges of the messages lie; a copy.</param>
    /// <param name="field">Name of the field, for the exception.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public WriterList(Span<byte> payload, WireRange slot, [CallerMemberName] string field = "")
    {
        _payload = payload;
        _slots = WireReader.Array<WireRange>(payload, slot, WireRange.Alignment, field);
        _field = field;
    }

    /// <summary>How many messages there are.</summary>
    public int Count => _slots.Length;

    /// <summary>A message.</summary>
    /// <param name="index">Its index, from 0.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such message.</exception>
    public TWriter this[int index] => TWriter.Create(WireWriter.Message<T>(_payload, _slots[index], _field));

    /// <summary>Steps through the messages.</summary>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>Steps from one message to the next.</summary>
    public ref struct Enumerator
    {
        private readonly WriterList<T, TWriter> _list;
        private int _index;

        internal Enumerator(WriterList<T, TWriter> list)
        {
            _list = list;
            _index = -1;
        }

        /// <summary>The current message.</summary>
        public readonly TWriter Current => _list[_index];

        /// <summary>Steps to the next message.</summary>
        /// <returns>False behind the last one.</returns>
        public bool MoveNext() => ++_index < _list.Count;
    }
}
