using System.Reflection;
using System.Text;

namespace IpMpsc.Tests.Architecture;

/// <summary>Prints what a program can see of the library, one line per member, in a fixed order.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<Type, string> s_keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
    };

    private static readonly NullabilityInfoContext s_nullability = new();

    public static string Of(Assembly assembly)
    {
        StringBuilder text = new();
        foreach (Type type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Header(type)).Append('\n');
            foreach (string member in Members(type).Order(StringComparer.Ordinal))
            {
                text.Append("    ").Append(member).Append('\n');
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Header(Type type)
    {
        string kind = type switch
        {
            { IsInterface: true } => "interface",
            { IsEnum: true } => "enum",
            _ when type.IsSubclassOf(typeof(Delegate)) => "delegate",
            { IsValueType: true } => type.IsByRefLike ? "ref struct" : "struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
        IEnumerable<Type> parents = type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? []);
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Enum))
        {
            parents = parents.Prepend(parent);
        }

        string[] names = [.. parents.Where(inherited => inherited.IsVisible).Select(Name).Order(StringComparer.Ordinal)];
        string inherits = names.Length == 0 ? "" : $" : {string.Join(", ", names)}";
        return $"{kind} {type.Namespace}.{Name(type)}{inherits}{Constraints(type.GetGenericArguments())}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsSubclassOf(typeof(Delegate)))
        {
            return [Method(type.GetMethod("Invoke")!)];
        }

        IEnumerable<string> fields = type.GetFields(Declared).Where(IsSeen).Select(field =>
            $"{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}" +
            $"{Name(field.FieldType)} {field.Name}{(field.IsLiteral ? $" = {field.GetRawConstantValue()}" : "")}");
        IEnumerable<string> constructors = type.GetConstructors(Declared).Where(IsSeen).Select(
            constructor => $"{type.Name.Split('`')[0]}({Parameters(constructor)})");
        IEnumerable<string> properties = type.GetProperties(Declared).Where(IsSeen).Select(Property);
        IEnumerable<string> methods = type.GetMethods(Declared).Where(method => IsSeen(method) && !IsAccessor(method)).Select(Method);
        return [.. fields, .. constructors, .. properties, .. methods];
    }

    private static string Property(PropertyInfo property)
    {
        MethodInfo accessor = property.GetMethod ?? property.SetMethod!;
        bool isInit = property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Length > 0;
        string set = property.SetMethod is { } setter && IsSeen(setter) ? isInit ? " init;" : " set;" : "";
        string mark = s_nullability.Create(property).ReadState == NullabilityState.Nullable && !property.PropertyType.IsValueType ? "?" : "";
        return $"{Modifiers(accessor)}{Name(property.PropertyType)}{mark} {property.Name} {{ get;{set} }}";
    }

    private static string Method(MethodInfo method)
    {
        Type[] arguments = method.GetGenericArguments();
        string generic = arguments.Length == 0 ? "" : $"<{string.Join(", ", arguments.Select(Name))}>";
        string mark = s_nullability.Create(method.ReturnParameter).ReadState == NullabilityState.Nullable && !method.ReturnType.IsValueType ? "?" : "";
        return $"{Modifiers(method)}{Name(method.ReturnType)}{mark} {method.Name}{generic}({Parameters(method)}){Constraints(arguments)}";
    }

    private static string Modifiers(MethodBase method) =>
        (method.IsStatic ? "static " : "") + (method.IsAbstract ? "abstract " : "");

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
    {
        string direction = !parameter.ParameterType.IsByRef ? "" : parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref ";
        Type type = parameter.ParameterType.IsByRef ? parameter.ParameterType.GetElementType()! : parameter.ParameterType;
        string mark = s_nullability.Create(parameter).ReadState == NullabilityState.Nullable && !type.IsValueType ? "?" : "";
        string value = parameter.HasDefaultValue ? $" = {parameter.DefaultValue ?? "default"}" : "";
        return $"{direction}{Name(type)}{mark} {parameter.Name}{value}";
    }));

    private static string Constraints(Type[] arguments) => string.Concat(arguments.Select(argument =>
    {
        IEnumerable<string> constraints = argument.GetGenericParameterConstraints()
            .Where(constraint => constraint != typeof(ValueType)).Select(Name).Order(StringComparer.Ordinal);
        if ((argument.GenericParameterAttributes & GenericParameterAttributes.NotNullableValueTypeConstraint) != 0)
        {
            constraints = constraints.Prepend("struct");
        }

        string[] all = [.. constraints];
        return all.Length == 0 ? "" : $" where {argument.Name} : {string.Join(", ", all)}";
    }));

    private static bool IsSeen(FieldInfo field) =>
        !field.IsSpecialName && (field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly);

    private static bool IsSeen(MethodBase method) =>
        !method.Name.StartsWith('<') && (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly);

    private static bool IsSeen(PropertyInfo property) => property.GetAccessors(nonPublic: true).Any(IsSeen);

    private static bool IsAccessor(MethodInfo method) =>
        method.IsSpecialName && (method.Name.StartsWith("get_", StringComparison.Ordinal) || method.Name.StartsWith("set_", StringComparison.Ordinal));

    private static string Name(Type type)
    {
        if (type.IsByRef)
        {
            return $"ref {Name(type.GetElementType()!)}";
        }

        if (type.IsArray)
        {
            return $"{Name(type.GetElementType()!)}[]";
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return $"{Name(underlying)}?";
        }

        if (s_keywords.TryGetValue(type, out string? keyword))
        {
            return keyword;
        }

        string nested = type.IsNested && !type.IsGenericParameter ? $"{Name(type.DeclaringType!)}." : "";
        string name = type.Name.Split('`')[0];
        Type[] arguments = type.IsGenericType && type.Name.Contains('`') ? type.GetGenericArguments() : [];
        return nested + name + (arguments.Length == 0 ? "" : $"<{string.Join(", ", arguments.Select(Name))}>");
    }
}
