using FsCheck;
using FsCheck.Fluent;

namespace IpMpsc.Generators.Tests.Messages;

/// <summary>Random messages.</summary>
internal static class MessageGenerators
{
    private static readonly IArbMap s_values = ArbMap.Default;

    /// <summary>Text of any scalar values, which both UTF-8 and UTF-16 can represent.</summary>
    private static readonly Gen<string> s_text =
        from runes in Gen.Choose(0, 0x10FFFF).Where(code => code is < 0xD800 or > 0xDFFF).ListOf()
        select string.Concat(runes.Select(char.ConvertFromUtf32));

    private static readonly Gen<Int128> s_int128 =
        from upper in s_values.GeneratorFor<ulong>()
        from lower in s_values.GeneratorFor<ulong>()
        select new Int128(upper, lower);

    private static readonly Gen<Point> s_point =
        from x in s_values.GeneratorFor<double>()
        from y in s_values.GeneratorFor<float>()
        select new Point(x, y);

    private static readonly Gen<Note> s_note =
        from stars in s_values.GeneratorFor<byte>()
        from author in s_text
        from marks in s_int128.ArrayOf()
        select new Note { Stars = stars, Author = author, Marks = marks };

    public static Gen<Catalogue> Catalogues { get; } =
        from kind in s_values.GeneratorFor<byte>()
        from numbers in s_values.GeneratorFor<long>().ArrayOf()
        from weights in s_values.GeneratorFor<double>().ArrayOf()
        from points in s_point.ArrayOf()
        from sides in Gen.Elements(Side.Buy, Side.Sell).ArrayOf()
        from flags in s_values.GeneratorFor<bool>().ArrayOf()
        from title in s_text
        from letters in s_text
        from notes in s_note.ArrayOf()
        from more in s_note.NonEmptyListOf()
        from address in s_text
        select new Catalogue
        {
            Kind = kind,
            Numbers = numbers,
            Weights = weights,
            Points = points,
            Sides = sides,
            Flags = flags,
            Title = title,
            Letters = letters.AsMemory(),
            Summary = more[0],
            Notes = notes,
            More = more.ToArray(),
            ReplyTo = address.Length > 0 ? new ChannelAddress(address) : default,
        };

    public static Gen<Sparse> Sparses { get; } =
        from name in OrNull(s_text)
        from wide in OrNull(s_text)
        from bytes in OrNull(s_values.GeneratorFor<byte>().ArrayOf())
        from numbers in OrNull(s_values.GeneratorFor<int>().ArrayOf())
        from samples in OrNull(s_values.GeneratorFor<short>().ArrayOf())
        from notes in OrNull(s_note.ArrayOf())
        select new Sparse
        {
            Name = name,
            Wide = wide,
            Bytes = bytes,
            Numbers = numbers,
            Samples = samples is null ? default(ReadOnlyMemory<short>?) : samples,
            Notes = notes,
        };

    public static Gen<EveryNumber> Numbers { get; } =
        from flag in s_values.GeneratorFor<bool>()
        from int16 in s_values.GeneratorFor<short>()
        from int64 in s_values.GeneratorFor<long>()
        from int128 in s_int128
        from number in s_values.GeneratorFor<double>()
        from single in s_values.GeneratorFor<float>()
        from letter in s_values.GeneratorFor<char>()
        from guid in s_values.GeneratorFor<Guid>()
        select new EveryNumber
        {
            Flag = flag,
            Int8 = unchecked((sbyte)int16),
            UInt8 = unchecked((byte)int16),
            Int16 = int16,
            UInt16 = unchecked((ushort)int16),
            Int32 = unchecked((int)int64),
            UInt32 = unchecked((uint)int64),
            Int64 = int64,
            UInt64 = unchecked((ulong)int64),
            Int128 = int128,
            UInt128 = unchecked((UInt128)int128),
            Half = (Half)single,
            Single = single,
            Double = number,
            Letter = letter,
            Side = unchecked((Side)int16),
            Guid = guid,
        };

    private static Gen<T?> OrNull<T>(Gen<T> values) where T : class =>
        Gen.OneOf(values.Select(value => (T?)value), Gen.Constant<T?>(null));
}
