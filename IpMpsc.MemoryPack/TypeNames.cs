using System.Text;

namespace IpMpsc.MemoryPack;

/// <summary>Names of types that are the same in every program: without assemblies and versions.</summary>
internal static class TypeNames
{
    /// <summary>The full name, with type arguments in angle brackets, such as <c>Demo.Book.Side</c> or <c>Demo.Box&lt;System.Int32&gt;</c>.</summary>
    public static string Of(Type type)
    {
        StringBuilder name = new();
        Append(name, type);
        return name.Length <= ByteFormat.MaxNameLength
            ? name.ToString()
            : $"{name.ToString(0, ByteFormat.MaxNameLength - 20)}...{Fnv.Of(name.ToString()):x16}";
    }

    private static void Append(StringBuilder name, Type type)
    {
        if (type.IsArray)
        {
            Append(name, type.GetElementType()!);
            name.Append('[').Append(',', type.GetArrayRank() - 1).Append(']');
            return;
        }

        string full = type.IsGenericParameter ? type.Name : (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!;
        foreach (char character in full)
        {
            name.Append(character == '+' ? '.' : character);
        }

        if (type.IsGenericType)
        {
            name.Append('<');
            string separator = "";
            foreach (Type argument in type.GetGenericArguments())
            {
                name.Append(separator);
                Append(name, argument);
                separator = ",";
            }

            name.Append('>');
        }
    }
}
