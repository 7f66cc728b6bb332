namespace IpMpsc.Generators.Models;

/// <summary>A tuple, whose slot and codec are generated into the message that uses it.</summary>
/// <param name="Name">Name of the generated type.</param>
/// <param name="TypeName">The C# type of the tuple.</param>
/// <param name="IsVariable">Whether bytes of it lie behind the fixed block.</param>
/// <param name="Elements">Its elements.</param>
internal sealed record TupleModel(string Name, string TypeName, bool IsVariable, EquatableArray<TupleElementModel> Elements);
