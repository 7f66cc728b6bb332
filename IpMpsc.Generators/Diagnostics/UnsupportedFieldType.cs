using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators;

/// <summary>A field cannot be put into shared memory, or cannot be read there by another program.</summary>
internal sealed class UnsupportedFieldType : MessageRule
{
    private static readonly DiagnosticDescriptor s_descriptor = new(
        id: "IPM0004",
        title: "The type of a field has no place in a message",
        messageFormat: "Field '{0}' of type '{1}' cannot be sent: {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public override DiagnosticDescriptor Descriptor => s_descriptor;

    public override IEnumerable<Diagnostic> Check(INamedTypeSymbol message)
    {
        IEnumerable<Diagnostic> fields =
            from member in MessageMember.Of(message)
            where member.Type.TypeKind != TypeKind.Error
            let alternative = Alternative(member)
            where alternative is not null
            select At(member.Symbol, member.Type, alternative);

        // The storage of an event is the one that a type does not list among its members.
        IEnumerable<Diagnostic> events =
            from declared in message.GetMembers().OfType<IEventSymbol>()
            where !declared.IsStatic && declared.AddMethod is { IsImplicitlyDeclared: true }
            select At(declared, declared.Type, Alternative(declared.Type));

        return fields.Concat(events);
    }

    private Diagnostic At(ISymbol member, ITypeSymbol type, string alternative) =>
        At(member, member.Name, type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat), alternative);

    private static string? Alternative(MessageMember member)
    {
        if (member.Storage.IsFixedSizeBuffer)
        {
            return "use a ReadOnlyMemory<byte> or single fields";
        }

        return FieldTypes.Resolve(member.Type) is null ? Alternative(member.Type) : null;
    }

    private static string Alternative(ITypeSymbol type) => type switch
    {
        { NullableAnnotation: NullableAnnotation.Annotated } =>
            "declare it without '?', and add a bool where null and empty must differ",
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
        IArrayTypeSymbol => "only byte[] can be sent; use ReadOnlyMemory<byte> with MemoryMarshal.AsBytes",
        { Name: "Memory" or "ReadOnlyMemory" or "Span" or "ReadOnlySpan", ContainingNamespace.Name: "System" } =>
            "use ReadOnlyMemory<byte>",
        { TypeKind: TypeKind.Struct } when type.IsChannelMessage() =>
            "a nested message must be valid itself and of fixed size",
        { TypeKind: TypeKind.Struct } => "mark the struct with [ChannelMessage] to give it a layout of its own",
        _ => "objects stay in their process; "
            + "use string, ReadOnlyMemory<byte>, numbers, or structs marked with [ChannelMessage]",
    };
}
