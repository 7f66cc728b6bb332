using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using IpMpsc.Codecs;
using IpMpsc.Wire;

namespace IpMpsc.Views;

/// <summary>The entries of a dictionary in place. A key is found by going through them; nothing is allocated.</summary>
/// <typeparam name="TKey">The keys.</typeparam>
/// <typeparam name="TKeySlot">What stands for a key.</typeparam>
/// <typeparam name="TKeyCodec">How a key lies there.</typeparam>
/// <typeparam name="TKeyView">How a key is seen.</typeparam>
/// <typeparam name="TKeyAccess">How its bytes become that.</typeparam>
/// <typeparam name="TView">How a value is seen.</typeparam>
/// <typeparam name="TSlot">What stands for a value.</typeparam>
/// <typeparam name="TAccess">How its bytes become that.</typeparam>
public readonly ref struct DictionaryView<TKey, TKeySlot, TKeyCodec, TKeyView, TKeyAccess, TView, TSlot, TAccess>
    where TKey : notnull
    where TKeySlot : unmanaged
    where TKeyCodec : struct, ICodec<TKey, TKeySlot>
    where TKeyView : allows ref struct
    where TKeyAccess : struct, IAccess<TKeyView, TKeySlot>
    where TView : allows ref struct
    where TSlot : unmanaged
    where TAccess : struct, IAccess<TView, TSlot>
{
    private readonly ReadOnlySpan<byte> _payload;
    private readonly ReadOnlySpan<PairSlot<TKeySlot, TSlot>> _slots;
    private readonly string _field;

    /// <summary>Looks at a collection in a payload; called by generated code.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="slot">Where its slots lie; a copy.</param>
    /// <param name="field">Name of the field, for the exception.</param>
    /// <exception cref="MessageFormatException">The range does not lie within the payload, is not aligned or ends within a slot.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public DictionaryView(ReadOnlySpan<byte> payload, WireRange slot, [CallerMemberName] string field = "")
    {
        _payload = payload;
        _slots = WireReader.Array<PairSlot<TKeySlot, TSlot>>(payload, slot, field);
        _field = field;
    }

    /// <summary>How many entries there are.</summary>
    public int Count => _slots.Length;

    /// <summary>An entry, in the order in which the sender enumerated them.</summary>
    /// <param name="index">Its index, from 0.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such entry.</exception>
    public Entry this[int index] => new(_payload, _slots[index], _field);

    /// <summary>Whether there is an entry of a key.</summary>
    /// <param name="key">The key.</param>
    /// <exception cref="MessageFormatException">The bytes cannot be keys.</exception>
    public bool ContainsKey(TKey key) => IndexOf(key) >= 0;

    /// <summary>Finds the value of a key, as an owned copy would: the last one of several.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value; the default without one.</param>
    /// <returns>False if there is no such key.</returns>
    /// <exception cref="MessageFormatException">The bytes cannot be keys, or not this value.</exception>
    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TView value)
    {
        int index = IndexOf(key);
        value = index >= 0 ? this[index].Value : default;
        return index >= 0;
    }

    /// <summary>Steps through the entries.</summary>
    public Enumerator GetEnumerator() => new(this);

    private int IndexOf(TKey key)
    {
        for (int index = _slots.Length - 1; index >= 0; index--)
        {
            if (KeyEquality.Equals<TKey, TKeySlot, TKeyCodec>(_payload, _slots[index].First, key, _field))
            {
                return index;
            }
        }

        return -1;
    }

    /// <summary>A key with its value, in place.</summary>
    public readonly ref struct Entry
    {
        private readonly ReadOnlySpan<byte> _payload;
        private readonly PairSlot<TKeySlot, TSlot> _slot;
        private readonly string _field;

        internal Entry(ReadOnlySpan<byte> payload, PairSlot<TKeySlot, TSlot> slot, string field)
        {
            _payload = payload;
            _slot = slot;
            _field = field;
        }

        /// <summary>The key.</summary>
        /// <exception cref="MessageFormatException">The bytes cannot be a key.</exception>
        public TKeyView Key => TKeyAccess.View(_payload, _slot.First, _field);

        /// <summary>The value.</summary>
        /// <exception cref="MessageFormatException">The bytes cannot be a value.</exception>
        public TView Value => TAccess.View(_payload, _slot.Second, _field);
    }

    /// <summary>Steps from one entry to the next.</summary>
    public ref struct Enumerator
    {
        private readonly DictionaryView<TKey, TKeySlot, TKeyCodec, TKeyView, TKeyAccess, TView, TSlot, TAccess> _entries;
        private int _index;

        internal Enumerator(DictionaryView<TKey, TKeySlot, TKeyCodec, TKeyView, TKeyAccess, TView, TSlot, TAccess> entries)
        {
            _entries = entries;
            _index = -1;
        }

        /// <summary>The current entry.</summary>
        public readonly Entry Current => _entries[_index];

        /// <summary>Steps to the next entry.</summary>
        /// <returns>False behind the last one.</returns>
        public bool MoveNext() => ++_index < _entries.Count;
    }
}
