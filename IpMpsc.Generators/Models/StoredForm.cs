namespace IpMpsc.Generators.Models;

/// <summary>How a message lies in others.</summary>
/// <param name="Size">Bytes of its fixed block.</param>
/// <param name="Alignment">What the offset of its block is a multiple of.</param>
/// <param name="PayloadAlignment">What the offset of its whole payload is a multiple of.</param>
/// <param name="IsImage">Whether the struct in memory is the message.</param>
/// <param name="IsVariable">Whether bytes of it lie behind the fixed block.</param>
/// <param name="IsGrowing">Whether it is a payload of its own with a version, because its block can become longer.</param>
/// <param name="Definitions">Its own definition, then those that it mentions.</param>
internal sealed record StoredForm(
    int Size,
    int Alignment,
    int PayloadAlignment,
    bool IsImage,
    bool IsVariable,
    bool IsGrowing,
    EquatableArray<string> Definitions)
{
    // The flags of MessageForm in the runtime.
    private const int ImageFlag = 1;
    private const int VariableFlag = 2;
    private const int GrowingFlag = 4;

    /// <summary>Whether it lies in the fixed block of the message that contains it.</summary>
    public bool IsInline => !IsVariable && !IsGrowing;

    /// <summary>The flags with which generated code tells it to other assemblies.</summary>
    public int Flags => (IsImage ? ImageFlag : 0) | (IsVariable ? VariableFlag : 0) | (IsGrowing ? GrowingFlag : 0);

    public static StoredForm Of(int size, int alignment, int payloadAlignment, int flags, EquatableArray<string> definitions) => new(
        size,
        alignment,
        payloadAlignment,
        (flags & ImageFlag) != 0,
        (flags & VariableFlag) != 0,
        (flags & GrowingFlag) != 0,
        definitions);
}
