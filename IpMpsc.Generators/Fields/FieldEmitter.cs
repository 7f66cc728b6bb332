using System;
using System.Collections.Generic;
using IpMpsc.Generators.Models;

namespace IpMpsc.Generators.Fields;

/// <summary>The C# for one field of a message that has a view; each kind of field has its own.</summary>
/// <param name="model">The field.</param>
internal abstract class FieldEmitter(FieldModel model)
{
    protected const string Reader = "global::IpMpsc.Wire.WireReader";
    protected const string Copy = "global::IpMpsc.Wire.WireCopy";

    public FieldModel Field => model;

    /// <summary>What stands for the field in the fixed block.</summary>
    public abstract string BlockType { get; }

    /// <summary>Type of the field's property in <c>Sizes</c>; null if it takes no room behind the block.</summary>
    public virtual string? SizesType => null;

    /// <summary>The field's name as a C# literal, for exceptions.</summary>
    protected string Label => $"\"{model.Name}\"";

    protected string Head => $"{model.Accessibility} ";

    public static FieldEmitter For(FieldModel model) => model.Type.Kind switch
    {
        FieldKind.Fixed => new FixedFieldEmitter(model),
        FieldKind.Boolean => new BooleanFieldEmitter(model),
        FieldKind.Text or FieldKind.Address => new TextFieldEmitter(model),
        FieldKind.Array or FieldKind.Text16 => new ArrayFieldEmitter(model),
        FieldKind.Message => new MessageFieldEmitter(model),
        FieldKind.Messages => new MessagesFieldEmitter(model),
        _ => throw new ArgumentOutOfRangeException(nameof(model), model.Type.Kind, null),
    };

    /// <summary>The statement that adds the field's room to <c>length</c>.</summary>
    /// <param name="value">The value that is to be written.</param>
    public virtual string Measure(string value) => "";

    /// <summary>What is stored in the fixed block, after <c>writer</c> has written what is behind it.</summary>
    /// <param name="value">The value that is written.</param>
    public abstract string Write(string value);

    /// <summary>The owned value.</summary>
    /// <param name="stored">What the fixed block holds.</param>
    public abstract string Read(string stored);

    /// <summary>The members of the view, each a declaration.</summary>
    /// <param name="stored">What the fixed block holds.</param>
    public abstract IEnumerable<string> ViewMembers(string stored);

    /// <summary>The member of the writer.</summary>
    /// <param name="stored">The place in the fixed block.</param>
    public abstract string WriterMember(string stored);

    /// <summary>The statement that adds the room that <c>Sizes</c> asks for to <c>length</c>.</summary>
    /// <param name="size">The property of <c>Sizes</c>.</param>
    public virtual string MeasureSize(string size) => "";

    /// <summary>What is stored in the fixed block for room that the caller will fill.</summary>
    /// <param name="size">The property of <c>Sizes</c>.</param>
    public virtual string Reserve(string size) => "";
}
