using Krait.Generators.Diagnostics;
using Krait.Generators.Parsing;
using Krait.Generators.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Krait.Generators.CodeFixes;

/// <summary>A controller as the parser sees it, for fixes that need to know what it handles.</summary>
internal sealed class Controller
{
    private readonly ControllerContext _context;

    private Controller(ControllerContext context)
    {
        _context = context;
        Handlers = HandlerCollector.Collect(context);
    }

    public INamedTypeSymbol Symbol => _context.Symbol;

    public ControllerAttribute Attribute => _context.Attribute;

    /// <summary>The attribute where it is written.</summary>
    public AttributeSyntax? AttributeSyntax => Attribute.Data.ApplicationSyntaxReference?.GetSyntax() as AttributeSyntax;

    public List<Handler> Handlers { get; }

    /// <summary>The codecs that the class names.</summary>
    public CodecParser Codecs => field ??= new(_context, RouteRules.Protocols(_context));

    public ITypeSymbol Receives => MessageInference.Receives(_context, Handlers, Codecs).Type;

    public ITypeSymbol Sends => MessageInference.Sends(_context, Handlers, Codecs).Type;

    public static Controller? Of(INamedTypeSymbol symbol, Finding finding)
    {
        var attribute = ControllerAttribute.Of(symbol, finding.Known);
        return attribute is null
            ? null
            : new(new(
                symbol,
                attribute,
                RoutePattern.Parse(attribute.Pattern ?? ""),
                finding.Known,
                new Findings(),
                finding.CancellationToken));
    }

    public IEnumerable<Handler> Of(HandlerKind kind) => Handlers.Where(handler => handler.Kind == kind);
}
