using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using IpMpsc.Codecs;
using IpMpsc.Wire;

namespace IpMpsc.Views;

/// <summary>Compares a key in a payload with one in memory.</summary>
internal static class KeyEquality
{
    public static bool Equals<TKey, TSlot, TCodec>(ReadOnlySpan<byte> payload, TSlot slot, TKey key, string field)
        where TSlot : unmanaged
        where TCodec : struct, ICodec<TKey, TSlot>
    {
        if (typeof(TCodec) == typeof(Utf8))
        {
            // A string is not made of every key that is passed by: that would allocate.
            WireRange range = Unsafe.BitCast<TSlot, WireRange>(slot);
            return IsText(WireReader.Array<byte>(payload, range, alignment: 1, field), (string)(object)key!);
        }

        var scan = new WireScan(payload);
        return EqualityComparer<TKey>.Default.Equals(TCodec.Read(ref scan, slot, field), key);
    }

    private static bool IsText(ReadOnlySpan<byte> utf8, ReadOnlySpan<char> text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (Rune.DecodeFromUtf8(utf8, out Rune stored, out int length) != OperationStatus.Done || stored != rune)
            {
                return false;
            }

            utf8 = utf8[length..];
        }

        return utf8.IsEmpty;
    }
}
