using System.Reflection;
using System.Runtime.Loader;
using IpMpsc.Schemas;
using IpMpsc.Tool.CommandLine;

namespace IpMpsc.Tool.Headers;

/// <summary>The messages of a channel, or of an assembly.</summary>
/// <param name="Name">What the channel or assembly is called.</param>
/// <param name="Text">The schema text of all messages.</param>
/// <param name="Schema">The same, parsed.</param>
internal sealed record SchemaSource(string Name, string Text, SchemaDocument Schema)
{
    /// <summary>Reads them. What ends with .dll or .exe is an assembly, anything else names a channel.</summary>
    /// <param name="source">The assembly, or the channel.</param>
    /// <param name="messages">Full names of the messages that are wanted; empty for all.</param>
    public static SchemaSource Read(string source, IReadOnlyCollection<string> messages)
    {
        bool isAssembly = Path.GetExtension(source).ToUpperInvariant() is ".DLL" or ".EXE";
        string text = isAssembly ? TextOfAssembly(source, messages) : ChannelName.Find(source, TextOfChannel);
        SchemaDocument schema = SchemaDocument.Parse(text);
        if (schema.Messages.Count == 0)
        {
            throw new ToolException(ExitCode.BadData, $"'{source}' has no messages: {(isAssembly ? "no [ChannelMessage] is in it" : "it carries raw bytes")}.");
        }

        string name = isAssembly ? Path.GetFileNameWithoutExtension(source) : Path.GetFileName(source);
        return new SchemaSource(name, text, schema);
    }

    private static string TextOfChannel(string name)
    {
        using ChannelObserver observer = Trust.Observe(name);
        return observer.Inspect().Schema;
    }

    /// <summary>
    /// Asks each message type for its schema, by reflection alone: the assembly may have been built with another version of
    /// IpMpsc, which is then loaded beside it.
    /// </summary>
    private static string TextOfAssembly(string path, IReadOnlyCollection<string> messages)
    {
        string full = Path.GetFullPath(path);
        if (!File.Exists(full))
        {
            throw new ToolException(ExitCode.NotFound, $"There is no assembly '{full}'.");
        }

        List<(int Id, string Name, string Text)> found = [];
        try
        {
            Assembly assembly = new AssemblyContext(full).LoadFromAssemblyPath(full);
            foreach (Type type in assembly.GetTypes().Where(static type => type is { IsValueType: true, ContainsGenericParameters: false }))
            {
                if (SchemaOf(type) is { } schema)
                {
                    found.Add((Value<ushort>(schema, "Id"), Value<string>(schema, "Name"), Value<string>(schema, "Text")));
                }
            }
        }
        catch (Exception error) when (error is BadImageFormatException or FileLoadException or FileNotFoundException or ReflectionTypeLoadException)
        {
            string reason = error is ReflectionTypeLoadException { LoaderExceptions: [{ } first, ..] } ? first.Message : error.Message;
            throw new ToolException(ExitCode.BadData, $"'{full}' cannot be read as an assembly: {reason} Name the file in its build output, with its dependencies beside it.");
        }

        string[] missing = [.. messages.Except(found.Select(message => message.Name))];
        if (missing.Length > 0)
        {
            throw new ToolException(
                ExitCode.NotFound, $"'{full}' has no message '{missing[0]}'.{Nearest.Hint(Nearest.To(missing[0], found.Select(message => message.Name)))}");
        }

        found = [.. found.Where(message => messages.Count == 0 || messages.Contains(message.Name)).OrderBy(message => message.Id)];
        if (found.GroupBy(message => message.Id).FirstOrDefault(group => group.Count() > 1) is { } same)
        {
            throw new ToolException(
                ExitCode.BadData,
                $"Several messages have the id {same.Key}: {string.Join(", ", same.Select(message => message.Name))}. Choose with --message which ones are meant.");
        }

        return string.Concat(found.Select(message => message.Text));
    }

    /// <summary>The schema of a message type; null for any other type.</summary>
    private static object? SchemaOf(Type type)
    {
        Type? message = type.GetInterfaces().FirstOrDefault(static type => type.IsGenericType && type.GetGenericTypeDefinition().FullName == "IpMpsc.IChannelMessage`1");
        return message?.Assembly.GetType("IpMpsc.MessageSchema")?.GetMethod("Of")?.MakeGenericMethod(type).Invoke(null, null);
    }

    private static T Value<T>(object schema, string property) => (T)schema.GetType().GetProperty(property)!.GetValue(schema)!;

    /// <summary>Loads an assembly with what lies beside it; what does not lie there is the tool's own.</summary>
    private sealed class AssemblyContext(string path) : AssemblyLoadContext(path)
    {
        private readonly AssemblyDependencyResolver _resolver = new(path);

        protected override Assembly? Load(AssemblyName name) =>
            _resolver.ResolveAssemblyToPath(name) is { } dependency ? LoadFromAssemblyPath(dependency) : null;
    }
}
