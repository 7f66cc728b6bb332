namespace IpMpsc.Schemas;

/// <summary>The enums and messages that follow the fields of a message, resolved when a type names them.</summary>
internal sealed class SchemaDefinitions
{
    /// <summary>Messages within each other; each is one of the reader's own stack.</summary>
    private const int MaxDepth = 32;

    private readonly Dictionary<string, SchemaDefinition> _definitions = [];
    private readonly Dictionary<string, SchemaType> _resolved = [];
    private int _depth;

    /// <summary>The names in the order in which the fields first mention them, depth first.</summary>
    public List<string> Mentioned { get; } = [];

    /// <summary>The names in the order of the text.</summary>
    public List<string> Defined { get; } = [];

    public bool TryAdd(SchemaDefinition definition)
    {
        Defined.Add(definition.Name);
        return _definitions.TryAdd(definition.Name, definition);
    }

    /// <summary>The type of a name with what is in parentheses behind it; null if it is not defined like that.</summary>
    public SchemaType? Find(string name, string detail)
    {
        if (!_resolved.TryGetValue(name, out SchemaType? type))
        {
            // A definition that is being resolved is in use already: it contains itself.
            if (!_definitions.TryGetValue(name, out SchemaDefinition? definition) || Mentioned.Contains(name) || _depth == MaxDepth)
            {
                return null;
            }

            Mentioned.Add(name);
            _depth++;
            type = definition.Resolve(this);
            _depth--;
            _resolved.Add(name, type);
        }

        return type.Text == $"{name}({detail})" ? type : null;
    }
}
