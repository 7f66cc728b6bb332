using System.Collections.Generic;
using System.Linq;
using IpMpsc.Generators.Models;
using IpMpsc.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Messages;

/// <summary>A field cannot be put into shared memory, or cannot be read there by another program.</summary>
internal sealed class UnsupportedFieldType : MessageRule
{
    public const string Id = "IPM0004";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "The type of a field has no place in a message",
        messageFormat: "Field '{0}' of type '{1}' cannot be sent: {2}",
        Rule.Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public override DiagnosticDescriptor Descriptor => s_descriptor;

    public override IEnumerable<Diagnostic> Check(MessageDeclaration message)
    {
        IEnumerable<Diagnostic> fields =
            from member in message.Members
            where member.Type.TypeKind != TypeKind.Error
            let alternative = Alternative(member) ?? InsteadOfBuffer(member, message)
            where alternative is not null
            select At(member.Symbol, member.Type, alternative);

        // The storage of an event is the one that a type does not list among its members.
        IEnumerable<Diagnostic> events =
            from declared in message.Type.GetMembers().OfType<IEventSymbol>()
            where !declared.IsStatic && declared.AddMethod is { IsImplicitlyDeclared: true }
            select At(declared, declared.Type, Alternative(declared.Type));

        return fields.Concat(events);
    }

    private Diagnostic At(ISymbol member, ITypeSymbol type, string alternative) =>
        At(member, member.Name, type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat), alternative);

    private static string? Alternative(MessageMember member) => FieldTypes.Resolve(member) switch
    {
        not null => null,
        null when member.IsUtf16 => "[Utf16] is for strings; remove it",
        null => Alternative(member.Type),
    };

    /// <summary>A buffer has no type that the fixed block of a view could name.</summary>
    private static string? InsteadOfBuffer(MessageMember member, MessageDeclaration message) =>
        member.Storage.IsFixedSizeBuffer && message.Members.Any(
            other => FieldTypes.Resolve(other) is { IsVariable: true } || other.Since > FieldModel.FirstVersion)
            ? "use a struct with [InlineArray], because the message has variable or [Since] fields"
            : null;

    private static string Alternative(ITypeSymbol type) => type switch
    {
        { NullableAnnotation: NullableAnnotation.Annotated } =>
            "only strings, arrays and ReadOnlyMemory can be null; declare it without '?', and add a bool",
        { SpecialType: SpecialType.System_IntPtr } => "its size depends on the process; use long",
        { SpecialType: SpecialType.System_UIntPtr } => "its size depends on the process; use ulong",
        { TypeKind: TypeKind.Pointer or TypeKind.FunctionPointer } =>
            "an address has no meaning in another process; send an offset or an id",
        { SpecialType: SpecialType.System_Decimal } => "its layout is private to .NET; send a scaled long or Int128",
        { SpecialType: SpecialType.System_DateTime } => "its layout is private to .NET; send Ticks as a long",
        { Name: "TimeSpan" or "DateTimeOffset" or "TimeOnly", ContainingNamespace.Name: "System" } =>
            "its layout is private to .NET; send its ticks as a long",
        { Name: "DateOnly", ContainingNamespace.Name: "System" } =>
            "its layout is private to .NET; send DayNumber as an int",
        { IsTupleType: true } => "the layout of tuples is left to .NET; declare a struct with [ChannelMessage]",
        IArrayTypeSymbol { Rank: > 1 } => "use an array of one dimension",
        IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_String } =>
            "declare a message with a string and send an array of it",
        IArrayTypeSymbol array when array.ElementType.IsChannelMessage() => Alternative(array.ElementType),
        IArrayTypeSymbol => "the elements of an array are numbers, enums, or structs marked with [ChannelMessage]",
        { Name: "ReadOnlyMemory", ContainingNamespace.Name: "System" } =>
            "its elements can be numbers, enums, or structs marked with [ChannelMessage]",
        { Name: "Memory" or "Span" or "ReadOnlySpan", ContainingNamespace.Name: "System" } => "use ReadOnlyMemory<T>",
        { ContainingNamespace: { Name: "Generic" or "Immutable", ContainingNamespace.Name: "Collections" } } =>
            "use an array or a ReadOnlyMemory of its elements",
        { TypeKind: TypeKind.Struct } when type.IsChannelMessage() =>
            "a nested message must be valid itself, must not contain itself, and has no [Since] fields",
        { TypeKind: TypeKind.Struct } when type.FindAttribute(KnownNames.InlineArray) is not null =>
            "an inline array holds numbers, enums or messages of fixed size, up to 1 MiB; use an array for anything else",
        { TypeKind: TypeKind.Struct } => "mark the struct with [ChannelMessage] to give it a layout of its own",
        _ => "objects stay in their process; "
            + "use string, ReadOnlyMemory<byte>, numbers, or structs marked with [ChannelMessage]",
    };
}
