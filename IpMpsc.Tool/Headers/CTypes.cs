using System.Globalization;
using IpMpsc.Schemas;

namespace IpMpsc.Tool.Headers;

/// <summary>How the types of a schema are written in C.</summary>
internal sealed class CTypes
{
    private readonly Dictionary<(string Name, int Size), string> _messages = [];
    private readonly Identifiers _names = new(Identifiers.OfC);

    /// <summary>The enums that fields have.</summary>
    public List<SchemaType> Enums { get; } = [];

    /// <summary>The nested messages in the order in which C needs them: what is contained comes before what contains it.</summary>
    public List<SchemaType> Nested { get; } = [];

    /// <summary>The name of a message, which it keeps whether it is nested or sent by itself.</summary>
    /// <param name="fullName">Its full name.</param>
    /// <param name="size">Bytes of its fixed block.</param>
    public string Register(string fullName, int size)
    {
        if (!_messages.TryGetValue((fullName, size), out string? name))
        {
            name = _names.Give(Identifiers.Snake(fullName));
            _messages.Add((fullName, size), name);
        }

        return name;
    }

    /// <summary>Whether a message is a payload of its own within others, also if it has no variable fields: it may grow.</summary>
    public bool IsPayload(string name) => Nested.Exists(nested => nested.Kind == SchemaKind.Message && NameOf(nested) == name);

    /// <summary>Bytes of the fixed block of a nested message.</summary>
    public static int BlockSizeOf(SchemaType message) => message.Kind == SchemaKind.Message ? message.BlockSize : message.Size;

    /// <summary>Registers every message that fields contain.</summary>
    public void Collect(IEnumerable<SchemaField> fields)
    {
        foreach (SchemaField field in fields)
        {
            Collect(field.Type);
        }
    }

    /// <summary>The C name of a nested message.</summary>
    public string NameOf(SchemaType message) => _messages[(message.Name, BlockSizeOf(message))];

    /// <summary>What the elements of a range are; null for text, and for what this version of the tool shows as bytes.</summary>
    public static SchemaType? ElementOf(SchemaType type) =>
        type is { Kind: SchemaKind.Array, Element: { } element } && IsKnown(element) ? element : null;

    /// <summary>Whether a field is text in UTF-8.</summary>
    public static bool IsText(SchemaType type) => type.Kind is SchemaKind.Utf8 or SchemaKind.Address or SchemaKind.Uri or SchemaKind.Version or SchemaKind.IPAddress;

    /// <summary>Whether a field is an array of messages with ranges of their own.</summary>
    public static bool IsList(SchemaType type) => type is { Kind: SchemaKind.Array, Element.Kind: SchemaKind.Message };

    /// <summary>A declaration of something of a type that lies in the fixed block, such as <c>uint32_t histogram[4]</c>.</summary>
    public string Declare(SchemaType type, string declarator) => type.Kind switch
    {
        SchemaKind.FixedArray => Declare(type.Element!, Inner(declarator) + Text($"[{type.Count}]")),
        SchemaKind.Struct => $"{NameOf(type)} {declarator}",
        SchemaKind.Nullable when IsPlain(type.Element!) => $"struct {{ uint8_t has_value; {Declare(type.Element!, "value")}; }} {declarator}",
        SchemaKind.Enum => Declare(type.Element!, declarator),
        _ when type.IsRange => $"ipmpsc_range {declarator}",
        _ when ScalarOf(type.Kind) is { } scalar => $"{scalar} {declarator}",
        // A type that this version of the tool does not know: its bytes, where they lie.
        _ => Text($"IPMPSC_ALIGN({type.Alignment}) uint8_t {Inner(declarator)}[{type.Size}]"),
    };

    /// <summary>A declaration of a pointer to the constant elements of a range.</summary>
    public string DeclareItems(SchemaType type, string declarator) => ElementOf(type) is { } element
        ? $"const {Declare(element, declarator)}"
        : $"const {(type.Kind == SchemaKind.Utf16 ? "uint16_t" : "uint8_t")} {declarator}";

    /// <summary>Bytes of one element of a range.</summary>
    public static int ItemSize(SchemaType type) => ElementOf(type)?.Size ?? (type.Kind == SchemaKind.Utf16 ? sizeof(char) : 1);

    /// <summary>Whether a field of the fixed block is given and returned as one value.</summary>
    public static bool IsSingle(SchemaType type) =>
        type.Kind is SchemaKind.Struct or SchemaKind.Enum || ScalarOf(type.Kind) is not null;

    /// <summary>Whether a type lies in the fixed block as something that C has a name for.</summary>
    public static bool IsPlain(SchemaType type) =>
        type.Kind == SchemaKind.FixedArray ? IsPlain(type.Element!) : IsSingle(type);

    private static bool IsKnown(SchemaType type) => type.Kind == SchemaKind.Message || IsPlain(type);

    private void Collect(SchemaType type)
    {
        if (type.Kind is SchemaKind.Struct or SchemaKind.Message)
        {
            if (Nested.All(nested => nested.Text != type.Text))
            {
                Collect(type.Fields);
                Register(type.Name, BlockSizeOf(type));
                Nested.Add(type);
            }
        }
        else if (type.Kind == SchemaKind.Enum)
        {
            if (Enums.All(known => known.Name != type.Name))
            {
                Enums.Add(type);
            }
        }
        else if (type.Kind == SchemaKind.Tuple)
        {
            Collect(type.Fields);
        }
        else if (type.Element is { } element)
        {
            Collect(element);
        }
    }

    private static string Inner(string declarator) => declarator.StartsWith('*') ? $"({declarator})" : declarator;

    private static string? ScalarOf(SchemaKind kind) => kind switch
    {
        SchemaKind.Bool => "uint8_t",
        SchemaKind.Char or SchemaKind.Float16 => "uint16_t",
        SchemaKind.Guid => "ipmpsc_guid",
        SchemaKind.Int8 => "int8_t",
        SchemaKind.Int16 => "int16_t",
        SchemaKind.Int32 => "int32_t",
        SchemaKind.Int64 => "int64_t",
        SchemaKind.Int128 => "ipmpsc_int128",
        SchemaKind.UInt8 => "uint8_t",
        SchemaKind.UInt16 => "uint16_t",
        SchemaKind.UInt32 => "uint32_t",
        SchemaKind.UInt64 => "uint64_t",
        SchemaKind.UInt128 => "ipmpsc_uint128",
        SchemaKind.Float32 => "float",
        SchemaKind.Float64 => "double",
        SchemaKind.DateTime => "uint64_t",
        SchemaKind.DateTimeOffset => "ipmpsc_datetimeoffset",
        SchemaKind.TimeSpan or SchemaKind.Time => "int64_t",
        SchemaKind.Date or SchemaKind.Index => "int32_t",
        SchemaKind.Decimal => "ipmpsc_decimal",
        SchemaKind.Rune => "uint32_t",
        _ => null,
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
