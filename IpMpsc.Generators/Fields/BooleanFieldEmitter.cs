using System.Collections.Generic;
using IpMpsc.Generators.Models;

namespace IpMpsc.Generators.Fields;

/// <summary>A bool: a byte in the block, because a sender may store more than two values there.</summary>
internal sealed class BooleanFieldEmitter(FieldModel field) : FieldEmitter(field)
{
    public override string BlockType => "byte";

    public override string Write(string value) => $"{value} ? (byte)1 : (byte)0";

    public override string Read(string stored) => $"{stored} != 0";

    public override IEnumerable<string> ViewMembers(string stored) =>
        [$"{Head}bool {Field.Identifier} => {stored} != 0;"];

    public override string WriterMember(string stored) => $"""
        {Head}ref bool {Field.Identifier} =>
            ref global::System.Runtime.CompilerServices.Unsafe.As<byte, bool>(ref {stored});
        """;
}
