using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace IpMpsc.Generators.Models;

/// <summary>The names that generated code adds where the author of a message has names of his own.</summary>
internal static class GeneratedNames
{
    /// <summary>The end of the name of the class beside a message.</summary>
    public const string Companion = "_ChannelAccess";

    /// <summary>The start of the names that generated files give to types and namespaces.</summary>
    public const string Alias = "__";

    /// <summary>The one name that no member of an enum can have.</summary>
    public const string StorageOfEnum = "value__";

    private static readonly ImmutableArray<string> s_inAccessors = ImmutableArray.Create(
        "_payload", "_block", "_message", "_version", "Read",
        "Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString");

    /// <summary>What a fixed block has beside the fields.</summary>
    private static readonly ImmutableArray<string> s_inBlock = ImmutableArray.Create(
        "Traits", "SchemaText", "Check", "SizeIn", "Write", "Lay", "Read");

    /// <summary>The types nested in a protocol, and its field.</summary>
    private static readonly ImmutableArray<string> s_inProtocol = ImmutableArray.Create(
        "Receiver", "Sender", "ExclusiveSender", "MessageKind", "IHandler", "Message", "HeldMessage", "s_schema");

    /// <summary>The methods of a protocol, which have parameters of their own.</summary>
    private static readonly ImmutableArray<string> s_factories = ImmutableArray.Create(
        "CreateReceiver", "OpenReceiver", "OpenOrCreateReceiver", "ReplaceReceiver", "CreateTemporaryReceiver",
        "OpenSender", "OpenOrCreateSender", "OpenExclusiveSender", "OpenOrCreateExclusiveSender");

    /// <summary>The types nested in a message.</summary>
    public static IEnumerable<string> InMessage(MessageLayout layout)
    {
        yield return "View";
        if (!layout.IsImage)
        {
            yield return "Writer";
            yield return "FixedBlock";
        }

        if (!layout.IsFixedSize)
        {
            yield return "Sizes";
        }

        foreach (TupleModel tuple in layout.Fields.SelectMany(field => field.Type.Tuples))
        {
            yield return tuple.Name;
        }
    }

    /// <summary>The names in the types through which a message is used in place, each with the field that it is made for.</summary>
    public static IEnumerable<(string Name, string Field)> InAccessors(MessageLayout layout) =>
        from field in layout.Fields
        where field.IsVisible
        from name in OfField(field.Name, field.Type).Prepend(field.Name)
        select (name, field.Name);

    /// <summary>Whether the types through which a message is used in place have a member of this name anyway.</summary>
    public static bool IsInAccessors(string name) => s_inAccessors.Contains(name);

    /// <summary>What a field is called in the fixed block, which only generated code sees: its own name, if nothing else has that there.</summary>
    public static string InBlock(FieldModel field, MessageLayout layout)
    {
        if (!s_inBlock.Contains(field.Name))
        {
            return field.Identifier;
        }

        string name = field.Name + "__";
        while (layout.Fields.Any(other => other.Name == name))
        {
            name += "_";
        }

        return name;
    }

    /// <summary>Whether a type or a field generated into a protocol has this name.</summary>
    public static bool IsInProtocol(string name) => s_inProtocol.Contains(name);

    /// <summary>Whether a method generated into a protocol has this name.</summary>
    public static bool IsFactory(string name) => s_factories.Contains(name);

    /// <summary>The property of a view that tells whether a nullable field has a value.</summary>
    public static string PresenceOf(string field) => "Has" + Capitalize(field);

    /// <summary>The method of a view that makes the owned value of a field that is seen as bytes.</summary>
    public static string GetterOf(string field, string suffix) => "Get" + Capitalize(field) + suffix;

    /// <summary>The method of a writer that sets a field to which there can be no reference.</summary>
    public static string SetterOf(string field) => "Set" + Capitalize(field);

    private static IEnumerable<string> OfField(string field, FieldType type)
    {
        if (type is { IsRange: true, IsNullable: true })
        {
            yield return PresenceOf(field);
        }

        if (type.GetterSuffix.Length > 0)
        {
            yield return GetterOf(field, type.GetterSuffix);
        }

        if (type is { Shape: FieldShape.Value, HasBitsOfMemory: false, IsVariable: false })
        {
            yield return SetterOf(field);
        }
    }

    private static string Capitalize(string field) => char.ToUpperInvariant(field[0]) + field.Substring(1);
}
