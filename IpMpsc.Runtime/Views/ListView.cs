using System.ComponentModel;
using System.Runtime.CompilerServices;
using IpMpsc.Wire;

namespace IpMpsc.Views;

/// <summary>The elements of a collection in place; nothing is copied until an element is asked for.</summary>
/// <typeparam name="TView">How an element is seen.</typeparam>
/// <typeparam name="TSlot">What stands for it in the payload.</typeparam>
/// <typeparam name="TAccess">How the one becomes the other.</typeparam>
public readonly ref struct ListView<TView, TSlot, TAccess>
    where TView : allows ref struct
    where TSlot : unmanaged
    where TAccess : struct, IAccess<TView, TSlot>
{
    private readonly ReadOnlySpan<byte> _payload;
    private readonly ReadOnlySpan<TSlot> _slots;
    private readonly string _field;

    /// <summary>Looks at a collection in a payload; called by generated code.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="slot">Where its slots lie; a copy.</param>
    /// <param name="field">Name of the field, for the exception.</param>
    /// <exception cref="MessageFormatException">The range does not lie within the payload, is not aligned or ends within a slot.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ListView(ReadOnlySpan<byte> payload, WireRange slot, [CallerMemberName] string field = "")
    {
        _payload = payload;
        _slots = WireReader.Array<TSlot>(payload, slot, field);
        _field = field;
    }

    /// <summary>How many elements there are.</summary>
    public int Count => _slots.Length;

    /// <summary>An element.</summary>
    /// <param name="index">Its index, from 0.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such element.</exception>
    /// <exception cref="MessageFormatException">The bytes cannot be such an element.</exception>
    public TView this[int index] => TAccess.View(_payload, _slots[index], _field);

    /// <summary>Steps through the elements.</summary>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>Steps from one element to the next.</summary>
    public ref struct Enumerator
    {
        private readonly ListView<TView, TSlot, TAccess> _list;
        private int _index;

        internal Enumerator(ListView<TView, TSlot, TAccess> list)
        {
            _list = list;
            _index = -1;
        }

        /// <summary>The current element.</summary>
        public readonly TView Current => _list[_index];

        /// <summary>Steps to the next element.</summary>
        /// <returns>False behind the last one.</returns>
        public bool MoveNext() => ++_index < _list.Count;
    }
}
