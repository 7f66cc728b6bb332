using System.Collections.Generic;
using IpMpsc.Generators.Models;

namespace IpMpsc.Generators.Fields;

/// <summary>A number, an enum, or a struct of these: it lies in the block as it lies in memory.</summary>
internal sealed class FixedFieldEmitter(FieldModel field) : FieldEmitter(field)
{
    public override string BlockType => Field.TypeName;

    public override string Write(string value) => value;

    public override string Read(string stored) => stored;

    public override IEnumerable<string> ViewMembers(string stored) =>
        [$"{Head}{Field.TypeName} {Field.Identifier} => {stored};"];

    public override string WriterMember(string stored) =>
        $"{Head}ref {Field.TypeName} {Field.Identifier} => ref {stored};";
}
