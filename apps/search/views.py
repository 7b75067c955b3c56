from django.views.generic import ListView

from apps.search.engine import engine

# What a reader can have meant; the rest of a longer text is not searched for.
LONGEST_QUERY = 200


class Search(ListView):
    """One box over all public records. Whatever is typed is a query, never an error."""

    template_name = "search/search.html"
    context_object_name = "found"
    paginate_by = 20

    def get_queryset(self):
        self.query = " ".join(self.request.GET.get("q", "")[:LONGEST_QUERY].split())
        return engine.find(self.query)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return {**context, "query": self.query, "hits": engine.load(context["found"], self.query)}
