using System.ComponentModel;
using IpMpsc.Wire;

namespace IpMpsc.Codecs.Collections;

/// <summary>Elements that lie in a payload as they lie in memory, one behind the other. Used by generated code.</summary>
/// <typeparam name="TCollection">The collection.</typeparam>
/// <typeparam name="TForm">How the collection is taken apart and made.</typeparam>
/// <typeparam name="T">Its elements.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ImageListCodec<TCollection, TForm, T> : ICodec<TCollection, WireRange>
    where TForm : struct, ICollectionForm<TCollection, T>
    where T : unmanaged
{
    /// <inheritdoc />
    public static bool IsFixed => false;

    /// <inheritdoc />
    public static void Measure(ref WireLength length, in TCollection value, string field) =>
        length.AddElements<T>(TForm.Items(value).Length, field);

    /// <inheritdoc />
    public static void Write(ref WireWriter writer, in TCollection value, ref WireRange slot) =>
        slot = writer.Elements(TForm.Items(value));

    /// <inheritdoc />
    public static TCollection Read(ref WireScan scan, WireRange slot, string field) =>
        TForm.Create(scan.Take<T>(slot, field).ToArray());
}
